// The service manager's "no": what the tool prints, and the code it exits with.

export class Refusal extends Error {
  readonly exit: number;

  constructor(message: string, exit = 1) {
    super(message);
    this.name = 'Refusal';
    this.exit = exit;
  }
}

// How a person at the terminal is asked; there is nobody to ask where it is null.

export interface Prompts {
  /** A question answered by yes or no. */
  confirm(question: string): Promise<boolean>;
  /** Something typed unseen: a passphrase. `null` when the person gives up. */
  secret(question: string): Promise<string | null>;
}

// What a measurement is: a name to ask for it by, and the rows it adds to the table.

export interface Row {
  readonly what: string;
  readonly measured: string;
  /** What it was measured beside, in the same run; empty for what is an absolute number. */
  readonly beside: string;
  /** Empty where none is set. */
  readonly bound: string;
  /** Whether the bound was kept; null where none is set. */
  readonly kept: boolean | null;
}

export interface Measurement {
  readonly name: string;
  /** Fast enough for every change: a few seconds. */
  readonly quick: boolean;
  measure(): Promise<readonly Row[]>;
}

export interface Held {
  readonly what: string;
  readonly value: number;
  readonly beside?: string;
  /** How the number is told; plain with two decimals when left out. */
  readonly tell?: (value: number) => string;
}

/** A row whose number must not be greater. */
export function atMost(bound: number, { what, value, beside = '', tell = plain }: Held): Row {
  return { what, measured: tell(value), beside, bound: `at most ${tell(bound)}`, kept: value <= bound };
}

/** A row whose number must not be less. */
export function atLeast(bound: number, { what, value, beside = '', tell = plain }: Held): Row {
  return { what, measured: tell(value), beside, bound: `at least ${tell(bound)}`, kept: value >= bound };
}

/** A row that only tells. */
export function told({ what, value, beside = '', tell = plain }: Held): Row {
  return { what, measured: tell(value), beside, bound: '', kept: null };
}

/** A row for what could not be measured here, and why. */
export function leftOut(what: string, why: string): Row {
  return { what, measured: `left out: ${why}`, beside: '', bound: '', kept: null };
}

export function plain(value: number): string {
  return value.toFixed(2);
}

export function milliseconds(value: number): string {
  return `${Math.round(value)} ms`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 2 : 0)} MB`;
}

export function times(value: number): string {
  return `${value.toFixed(2)} x`;
}

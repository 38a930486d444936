// One call of a tool on a master: its words, what it may print, and the code it ends with.

export interface ShimCall {
  /** Without the program's own name. */
  readonly args: readonly string[];
  /** What came on standard input, where the tool was asked to read it. */
  readonly stdin: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Aborted when the caller is gone. */
  readonly signal: AbortSignal;
}

/** Resolves to the exit code. */
export type ShimProgram = (call: ShimCall) => Promise<number>;

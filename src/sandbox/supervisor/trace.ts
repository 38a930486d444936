// How far the start has come, in milliseconds: printed on standard error when KHA_SANDBOX_TRACE is set.

export type Trace = (what: string) => void;

export function createTrace(): Trace {
  if (!process.env.KHA_SANDBOX_TRACE) return () => undefined;
  // Counted from the start of this process, which took its own time to load.
  return (what) => process.stderr.write(`${performance.now().toFixed(0).padStart(5)} ms  ${what}\n`);
}

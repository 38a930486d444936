// Keeps the memory of a long run flat: logs make garbage by the megabyte, and V8 would rather grow than collect it.
import { setFlagsFromString } from 'node:v8';

/** The last Node whose V8 is known to have the flag; one that has it no longer would complain on standard error. */
const knownUpTo = 24;

/** From now on the heap is collected once it has grown by half of what was in use. */
export function collectEarly(): void {
  if (Number.parseInt(process.versions.node, 10) <= knownUpTo)
    setFlagsFromString('--heap-growing-percent=50');
}

// Process groups: who must be told of them, and how they are signalled.

/** Told of every process group while it lives, so that none outlives the sandbox. */
export interface Guard {
  add(group: number): void;
  remove(group: number): void;
}

/** Signals a whole process group; true when there was one. */
export function signalGroup(group: number, signal: NodeJS.Signals): boolean {
  return signalled(-group, signal);
}

export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  return signalled(pid, signal);
}

function signalled(target: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(target, signal);
    return true;
  } catch {
    return false;
  }
}

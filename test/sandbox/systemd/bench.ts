// A service manager on a root folder of its own, and small programs to be its units.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from '../../../src/sandbox/journal/journal.ts';
import { Manager } from '../../../src/sandbox/systemd/manager.ts';

export interface Bench {
  readonly root: string;
  readonly manager: Manager;
  readonly groups: Set<number>;
  /** Writes `lib/systemd/system/NAME`. */
  unit(name: string, lines: readonly string[]): void;
  /** Writes an executable sh script and returns its path. */
  script(name: string, text: string): string;
  messages(): string[];
  clear(): void;
}

export function createBench(): Bench {
  const root = mkdtempSync(join(tmpdir(), 'kha-systemd-'));
  const lib = join(root, 'lib/systemd/system');
  mkdirSync(lib, { recursive: true });
  const groups = new Set<number>();
  const guard = {
    add: (group: number) => groups.add(group),
    remove: (group: number) => groups.delete(group),
  };
  const env = { PATH: '/usr/bin:/bin' };
  const manager = new Manager({ hostname: 'kuberm', root, env, journal: new Journal(), guard });
  return {
    root,
    manager,
    groups,
    unit: (name, lines) => writeFileSync(join(lib, name), `${lines.join('\n')}\n`),
    script: (name, text) => {
      const path = join(root, name);
      writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o700 });
      return path;
    },
    messages: () => manager.journal.entries().map(({ message }) => message),
    clear: () => {
      for (const group of groups) process.kill(-group, 'SIGKILL');
      rmSync(root, { recursive: true, force: true });
    },
  };
}

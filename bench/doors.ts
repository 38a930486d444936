// More of the sandbox's SSH servers: node --import tsx doors.ts WISH. Each is a master by its own name, behind which one of the
// sandbox's masters answers. Says its ports on a line; ends with its standard input.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SshServer, startSshServer } from '../src/sandbox/ssh-server/server.ts';

export interface DoorsWish {
  /** Private, and the public one of whoever may log in. */
  readonly hostKey: string;
  readonly clientKey: string;
  readonly doors: readonly Door[];
}

interface Door {
  readonly name: string;
  /** Of the master behind it: its root folder, and the environment of a command there. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where its own tools are put. */
  readonly tools: string;
}

async function main(wish: DoorsWish): Promise<void> {
  const servers = await Promise.all(wish.doors.map((door) => open(door, wish)));
  process.stdout.write(`${JSON.stringify(servers.map(({ port }) => port))}\n`);
  process.stdin.resume().on('end', () => {
    for (const server of servers) server.endConnections();
    process.exit(0);
  });
}

function open({ name, cwd, env, tools }: Door, { hostKey, clientKey }: DoorsWish): Promise<SshServer> {
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'hostname'), `#!/bin/sh\necho ${name}\n`, { mode: 0o700 });
  const own = { ...env, PATH: `${tools}:${env.PATH}` };
  // Whatever a session began ends with its connection.
  const guard = { add() {}, remove() {} };
  return startSshServer({
    ...{ hostKey, clientKey, user: 'root', sessions: { cwd, env: own, guard } },
    resolveTunnel: () => null,
  });
}

await main(JSON.parse(process.argv[2] ?? ''));

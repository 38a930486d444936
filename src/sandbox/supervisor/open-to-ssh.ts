// Opens the masters to SSH and to their tools, and writes the files that say how to reach them. Loaded late: ssh2 is the
// supervisor's heaviest part, and the components can load meanwhile.
import type { SandboxPlaces } from '../options.ts';
import type { Pki } from '../pki/pki.ts';
import { createSshKeys } from '../ssh-server/keys.ts';
import { startSshServer } from '../ssh-server/server.ts';
import type { Master } from './master.ts';
import type { SandboxPlan } from './plan.ts';
import { writeReachFiles } from './reach-files.ts';
import { resolveTunnel } from './tunnels.ts';

export async function openToSsh(
  plan: SandboxPlan,
  { masters, pki }: { readonly masters: readonly Master[]; readonly pki: Pki },
): Promise<SandboxPlaces> {
  const clientKeys = createSshKeys('kha-lab sandbox');
  const hostKeys = createSshKeys('kha-lab sandbox master');
  const reached = masters.map(async (master) => {
    await master.answerTools();
    const { planned, env, guard } = master;
    const server = await startSshServer({
      hostKey: hostKeys.privateKey,
      clientKey: clientKeys.publicKey,
      user: 'root',
      sessions: { cwd: planned.root, env, guard },
      resolveTunnel: (host, port) => resolveTunnel({ plan, planned, host, port }),
    });
    master.onReboot(server.endConnections);
    return { ...planned, sshPort: server.port };
  });
  return writeReachFiles(plan, { masters: await Promise.all(reached), clientKeys, hostKeys, pki });
}

// One running master: its service manager, its tools' socket, its SSH server.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { clockVariable, masterClock } from '../clock/clock.ts';
import { Journal } from '../journal/journal.ts';
import { Firewall } from '../network/firewall.ts';
import { shimPrograms } from '../shim/programs.ts';
import { serveShims } from '../shim/server.ts';
import type { Guard } from '../systemd/guard.ts';
import { Manager } from '../systemd/manager.ts';
import type { ApiClient } from './api.ts';
import { withoutClock } from './layout.ts';
import type { PlannedMaster, SandboxPlan } from './plan.ts';
import { markVariable } from './watchdog.ts';

export interface Master {
  readonly planned: PlannedMaster;
  readonly manager: Manager;
  readonly firewall: Firewall;
  readonly guard: Guard;
  /** Of every process on it. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on its tools are answered. */
  answerTools(): Promise<void>;
  /** Called when it goes down to come up again. */
  onReboot(listener: () => void): void;
}

export function createMaster(
  planned: PlannedMaster,
  parts: {
    readonly plan: SandboxPlan;
    readonly guard: Guard;
    readonly api: ApiClient;
    readonly store: ApiClient;
  },
): Master {
  const { plan, guard, api, store } = parts;
  const { lock } = plan.options;
  const env = environment(planned, plan);
  const clock = masterClock(planned.clock);
  const manager = new Manager({
    hostname: planned.name,
    root: planned.root,
    env,
    journal: new Journal(clock),
    clock,
    guard,
  });
  const firewall = new Firewall();
  const listeners: (() => void)[] = [];
  const clearRun = () => rmSync(join(planned.root, 'run/systemd'), { recursive: true, force: true });
  const reboot = async () => {
    for (const listener of listeners) listener();
    firewall.clear();
    await manager.powerCycle(clearRun);
  };
  return {
    planned,
    manager,
    firewall,
    guard,
    env,
    answerTools: async () => {
      const searchPath = env.PATH ?? '';
      const programs = shimPrograms({ manager, firewall, searchPath, api, store, reboot, lock });
      await serveShims(planned.shimSocket, programs);
    },
    onReboot: (listener) => listeners.push(listener),
  };
}

function environment(
  { name, root, address, advertisedPort, clock, gates }: PlannedMaster,
  plan: SandboxPlan,
): Record<string, string> {
  return {
    PATH: [join(root, 'usr/local/bin'), join(root, 'opt/bin'), '/usr/bin', '/bin', '/usr/sbin', '/sbin'].join(
      ':',
    ),
    HOME: join(root, 'root'),
    TMPDIR: join(root, 'tmp'),
    USER: 'root',
    LOGNAME: 'root',
    SHELL: '/bin/sh',
    PS1: `root@${name}:# `,
    ...(process.env.TZ && { TZ: process.env.TZ }),
    [markVariable]: plan.id,
    // The shell's own variables tell the true time: without them it asks `date`, as a shell that has none does.
    ...(clock && { [clockVariable]: JSON.stringify(clock), BASH_ENV: join(root, withoutClock) }),
    KHA_SANDBOX_STYLE: plan.options.lock === 'endpoints' ? '1.6' : '1.36',
    KHA_SANDBOX_HOSTNAME: name,
    KHA_SANDBOX_ADVERTISED: `${address}:${advertisedPort}`,
    // Where an advertised address really is, seen from here; and where the service's own address is to be.
    KHA_SANDBOX_PLACES: JSON.stringify(
      Object.fromEntries(
        plan.masters.map((to, at) => [`${to.address}:${to.advertisedPort}`, gates.api[at] ?? 0]),
      ),
    ),
    KHA_SANDBOX_SERVICE: String(plan.service.localPort),
  };
}

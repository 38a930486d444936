// Which tools a master's supervisor answers, and with what.
import type { Firewall } from '../network/firewall.ts';
import type { ApiClient } from '../supervisor/api.ts';
import type { Manager } from '../systemd/manager.ts';
import type { ShimProgram } from './call.ts';
import { etcdctl } from './etcdctl.ts';
import { iptables } from './iptables.ts';
import { journalctl } from './journalctl.ts';
import { kubectl } from './kubectl/kubectl.ts';
import { systemctl } from './systemctl/systemctl.ts';
import { systemdRun } from './systemd-run.ts';

export function shimPrograms(parts: {
  readonly manager: Manager;
  readonly firewall: Firewall;
  /** PATH of the master. */
  readonly searchPath: string;
  /** Its own API server. */
  readonly api: ApiClient;
  readonly store: ApiClient;
  readonly lock: 'endpoints' | 'leases';
  readonly reboot: () => Promise<void>;
}): Readonly<Record<string, ShimProgram>> {
  const { manager, firewall, searchPath, api, store, reboot } = parts;
  return {
    systemctl: systemctl(manager),
    journalctl: journalctl(manager),
    'systemd-run': systemdRun(manager, searchPath),
    iptables: iptables(firewall),
    etcdctl: etcdctl(store, parts.lock === 'endpoints' ? 2 : 3),
    kubectl: kubectl(api),
    reboot: async () => {
      // Answered first: the caller's own connection goes down with the master.
      setTimeout(() => void reboot(), 50);
      return 0;
    },
  };
}

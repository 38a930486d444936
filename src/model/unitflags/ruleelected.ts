// What it means when the flags of scheduler and controller-manager are not as rendered.
import { electionTerms } from '../electionterms.ts';
import { booleanFlag } from '../goflags.ts';
import { harmless, hostsIn, matters, plainUrls, type Rule } from './judgement.ts';
import { valueInForce } from './table.ts';

const leaderElect: Rule = ({ component, flags, found, version }) => {
  const why = 'two that do not stand by for each other both work at once; set --leader-elect=true';
  if (found !== null && !booleanFlag(flags, 'leader-elect', true)) return matters(why);
  if (electionTerms(component, flags, version) === null)
    return matters(`${version} left out the default by accident: ${why}`);
  return harmless('it elects a leader by default; saying so would show it');
};

const lockKind: Rule = (look) => {
  const kind = valueInForce(look.component, look.flag, look.flags, look.minor);
  const { minor, version } = look;
  if (kind === look.expected) return null;
  if (minor >= 28 && kind !== 'leases') return matters(`${version} knows only leases: it does not start`);
  if (minor >= 24 && (kind === 'endpoints' || kind === 'configmaps'))
    return matters(`${version} knows no lock of that kind any more: it does not start`);
  return harmless('the lock is an object of another kind; it must be the same on each master');
};

/** Of scheduler, controller-manager and kube-proxy: which API server they ask. */
export const ownApiserver: Rule = ({ found, flags, others, minor }) => {
  if (found === null)
    return flags.has('kubeconfig')
      ? harmless("the kubeconfig names the API server, which should be its own master's")
      : matters('neither it nor --kubeconfig names an API server');
  const [host = ''] = hostsIn(found);
  const other = [...others].find(([, address]) => address === host)?.[0];
  if (other !== undefined)
    return matters(`that is the API server of ${other}: when that one stops, this one cannot work either`);
  if (plainUrls(found).length === 0) return null;
  return matters(
    minor < 20
      ? 'it asks the port without login, which must be open for that; ask 6443 with --kubeconfig'
      : 'no API server serves a port without login from 1.20; ask 6443 with --kubeconfig',
  );
};

export const ownKubeconfig: Rule = ({ found, flags }) => {
  // Through the port without login nobody logs in.
  if (found !== null || plainUrls(flags.get('master') ?? 'https:').length > 0) return null;
  return matters('without it, it cannot log in at the API server');
};

const slower = 'a handover takes another time than the tutorial says; it must be the same on each master';

export const electedRules: Readonly<Record<string, Rule>> = {
  'leader-elect': leaderElect,
  'leader-elect-resource-lock': lockKind,
  'leader-elect-lease-duration': () => harmless(slower),
  'leader-elect-renew-deadline': () => harmless(slower),
  'leader-elect-retry-period': () => harmless(slower),
  master: ownApiserver,
  kubeconfig: ownKubeconfig,
  'authentication-kubeconfig': ({ found }) =>
    found === null ? harmless('nobody can log in at its own port, as for its metrics') : null,
  'authorization-kubeconfig': ({ found }) =>
    found === null ? harmless('nobody may do anything at its own port, as for its metrics') : null,
  address: (look) => {
    const { flags } = look;
    if (flags.get('port') === '0' || valueInForce(look.component, look.flag, flags, look.minor) === null)
      return null;
    if (look.found !== null)
      return harmless('health, metrics and profiles without login are at another address');
    return matters(
      'its port without login shows health, metrics and profiles to anyone; bind it to 127.0.0.1',
    );
  },
  'secure-port': ({ found }) => (found === '0' ? harmless('it serves no port of its own') : null),
};

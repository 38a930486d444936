// What it means when kube-apiserver's flags are not as rendered.
import {
  danger,
  harmless,
  hostsIn,
  isLoopback,
  type Look,
  matters,
  plainUrls,
  type Rule,
} from './judgement.ts';
import { valueInForce } from './table.ts';

const inForce = ({ component, flags, minor }: Look, flag: string) =>
  valueInForce(component, flag, flags, minor);

/** Up to 1.19: the port without login is one thing, said by two flags. */
const openPort: Rule = (look) => {
  if (look.minor >= 20) {
    if (look.flag === 'insecure-port' && look.found !== null && look.found !== '0')
      return matters(`${look.version} does not start with it: only 0 is allowed from 1.20`);
    return harmless('without effect from 1.20');
  }
  const port = inForce(look, 'insecure-port');
  const address = inForce(look, 'insecure-bind-address') ?? '';
  if (port === '0') {
    return look.flag === 'insecure-port'
      ? harmless('closed, which is safer than the tutorial: all must log in at the port with TLS')
      : null;
  }
  if (!isLoopback(address)) {
    return look.flag === 'insecure-bind-address' ? danger(look.words.dangers.apiserver(port, address)) : null;
  }
  return harmless(`port ${port} without login is on another port, for users of this master alone`);
};

const reconciler = (look: Look) => inForce(look, 'endpoint-reconciler-type') ?? 'master-count';

const apiserverCount: Rule = (look) => {
  if (reconciler(look) !== 'master-count')
    return harmless(`it is ignored: ${reconciler(look)} keeps the endpoints`);
  const count = Number(inForce(look, 'apiserver-count'));
  if (count === look.masters) return null;
  return matters(
    count < look.masters
      ? `the endpoints of the service kubernetes hold ${count}, and ${look.masters} API servers push each other out; set it to ${look.masters} on each master`
      : `the endpoints hold up to ${count} addresses for ${look.masters} API servers, so one that is gone for good stays in; set it to ${look.masters} on each master`,
  );
};

const reconcilerType: Rule = (look) => {
  const type = reconciler(look);
  if (type === 'lease')
    return harmless(
      'an API server that is gone is taken out of the endpoints, and --apiserver-count is ignored',
    );
  if (type === 'none') return matters('nobody keeps the endpoints of the service kubernetes');
  return harmless(`${type} keeps the endpoints`);
};

const store: Rule = ({ found, words }) => {
  if (found === null) return matters('without a store it does not start');
  const open = plainUrls(found);
  if (open.length === 0) return null;
  return hostsIn(open.join(',')).every(isLoopback)
    ? matters('the store asks nobody who he is: every user of that machine reads and writes everything')
    : danger(words.dangers.store);
};

/** A store without TLS needs no files for it. */
const storeFile: Rule = ({ found, flags }) => {
  if (found !== null || plainUrls(flags.get('etcd-servers') ?? '').length > 0) return null;
  return matters('a store that asks for certificates refuses it without');
};

const authorization: Rule = (look) => {
  if (look.found === null && look.flags.has('authorization-config')) return null;
  const modes = (inForce(look, 'authorization-mode') ?? '').split(',');
  if (modes.includes('AlwaysAllow'))
    return matters('everyone who logs in may do everything, each pod with its own token too');
  return harmless(`what somebody may do is decided by ${modes.join(' and ')}`);
};

const plugins: Rule = ({ found, expected, flag, minor, flags }) => {
  // 1.10 to today know the old flag too, and it wins.
  if (
    found === null &&
    flags.has(flag === 'admission-control' ? 'enable-admission-plugins' : 'admission-control')
  )
    return null;
  const [has, wants] = [found ?? '', expected ?? ''].map((list) =>
    list.split(',').filter((one) => one !== ''),
  );
  const missing = wants?.filter((one) => !has?.includes(one)) ?? [];
  const more = has?.filter((one) => !wants?.includes(one)) ?? [];
  if (expected === null)
    return harmless('deprecated from 1.10 for --enable-admission-plugins, and still known');
  const said = [
    ...(missing.length > 0
      ? [`${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not asked for`]
      : []),
    ...(more.length > 0 ? [`${more.join(', ')} ${more.length === 1 ? 'is' : 'are'} asked for besides`] : []),
  ];
  if (said.length === 0) return harmless('the same plugins in another order');
  const needed = missing.filter((one) => one !== 'SecurityContextDeny');
  if (needed.length > 0 && minor < 10) return matters(said.join(', and '));
  return harmless(`${said.join(', and ')}${needed.length > 0 ? '; those are on by default from 1.10' : ''}`);
};

const neededFrom =
  (since: number, why: string): Rule =>
  ({ found, minor }) => {
    if (found !== null) return null;
    return minor >= since ? matters(why) : harmless(`${why} from 1.${since}`);
  };

export const apiserverRules: Readonly<Record<string, Rule>> = {
  'insecure-port': openPort,
  'insecure-bind-address': openPort,
  'apiserver-count': apiserverCount,
  'endpoint-reconciler-type': reconcilerType,
  'etcd-servers': store,
  'etcd-cafile': storeFile,
  'etcd-certfile': storeFile,
  'etcd-keyfile': storeFile,
  'authorization-mode': authorization,
  'admission-control': plugins,
  'enable-admission-plugins': plugins,
  'allow-privileged': () =>
    harmless('containers may be privileged, which is root on the node; it must be the same on each master'),
  'service-cluster-ip-range': () =>
    harmless('services have other addresses; it must be the same on each master'),
  'storage-backend': ({ found, minor }) => {
    if (found === 'etcd2' && minor >= 13) return matters('etcd2 is gone from 1.13: it does not start');
    return harmless('how objects lie in the store was chosen when the cluster was made');
  },
  'advertise-address': ({ found }) =>
    found === null ? harmless('it publishes the address of the interface with the default route') : null,
  'client-ca-file': ({ found }) => (found === null ? matters('nobody can log in with a certificate') : null),
  'tls-cert-file': ({ found }) =>
    found === null ? matters('it shows a certificate it made itself, which no client can check') : null,
  'service-account-key-file': ({ found }) =>
    found === null ? harmless('tokens are checked by the key of its certificate') : null,
  'service-account-signing-key-file': neededFrom(20, 'it does not start without'),
  'service-account-issuer': (look) =>
    look.found === null
      ? neededFrom(20, 'it does not start without')(look)
      : harmless('tokens name another issuer; it must be the same on each master'),
  'requestheader-client-ca-file': ({ found }) =>
    found === null
      ? harmless(
          'scheduler and controller-manager log that they cannot read it, and aggregated APIs do not work',
        )
      : null,
  'kubelet-client-certificate': ({ found }) =>
    found === null ? harmless('logs and exec fail where a kubelet asks for a certificate') : null,
};

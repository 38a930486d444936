// What it means when etcd's flags are not as in our unit.
import { booleanFlag } from '../goflags.ts';
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

const urlsOf = ({ component, flags, minor }: Look, flag: string) =>
  valueInForce(component, flag, flags, minor) ?? '';

const clients: Rule = (look) => {
  const open = plainUrls(urlsOf(look, 'listen-client-urls'));
  if (open.length === 0) return null;
  return hostsIn(open.join(',')).every(isLoopback)
    ? matters('it asks nobody who he is: every user of this machine reads and writes everything')
    : danger(look.words.dangers.storeClients);
};

const clientCertificates: Rule = (look) => {
  if (booleanFlag(look.flags, 'client-cert-auth', false)) return null;
  const urls = urlsOf(look, 'listen-client-urls');
  // Without TLS there is no certificate to ask for: told by --listen-client-urls.
  const tls = urls.split(',').filter((url) => !plainUrls(urls).includes(url));
  if (tls.length === 0) return null;
  return hostsIn(tls.join(',')).every(isLoopback)
    ? matters('TLS alone asks nobody who he is: every user of this machine reads and writes everything')
    : danger(look.words.dangers.storeTls);
};

const peers: Rule = (look) => {
  const open = plainUrls(urlsOf(look, 'listen-peer-urls'));
  if (open.length === 0) return null;
  return hostsIn(open.join(',')).every(isLoopback)
    ? harmless('its port for other members has no TLS, and only this machine reaches it')
    : danger(look.words.dangers.storePeers);
};

/** What only the port for other members needs, where that is left on this machine. */
const peerDetail: Rule = (look) => {
  // Without TLS there is nothing to show and to ask for: told by --listen-peer-urls.
  if (look.found !== null || plainUrls(urlsOf(look, 'listen-peer-urls')).length > 0) return null;
  return harmless('other members of the store could not be told from strangers, and there is none');
};

const tlsFile: Rule = (look) => {
  if (look.found !== null || plainUrls(urlsOf(look, 'listen-client-urls')).length > 0) return null;
  return matters('it cannot serve TLS without');
};

export const etcdRules: Readonly<Record<string, Rule>> = {
  'listen-client-urls': clients,
  'client-cert-auth': clientCertificates,
  'listen-peer-urls': peers,
  'initial-advertise-peer-urls': () => null,
  'initial-cluster': () => null,
  'peer-cert-file': peerDetail,
  'peer-key-file': peerDetail,
  'peer-trusted-ca-file': peerDetail,
  'peer-client-cert-auth': peerDetail,
  'cert-file': tlsFile,
  'key-file': tlsFile,
  'trusted-ca-file': ({ found, flags }) =>
    found === null && booleanFlag(flags, 'client-cert-auth', false)
      ? matters('it knows no CA by which to ask for certificates')
      : null,
  'data-dir': ({ found }) =>
    found === null ? harmless('everything lies in a folder named after the member') : null,
  name: () => null,
};

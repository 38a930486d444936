// The flags of etcd in our unit: the tutorial shows none.
import type { FlagTable } from './facts.ts';

export const etcdFlags: FlagTable = {
  name: { sort: 'own', means: 'what this member is called' },
  'data-dir': { sort: 'place', means: 'where everything lies' },
  'listen-client-urls': {
    sort: 'own',
    byDefault: 'http://localhost:2379',
    means: 'where it listens for the API servers: with TLS',
  },
  'advertise-client-urls': { sort: 'own', means: 'where it says that it listens' },
  'cert-file': { sort: 'place', means: 'the certificate it shows' },
  'key-file': { sort: 'place', means: 'the key of that certificate' },
  'trusted-ca-file': { sort: 'place', means: "the CA of its clients' certificates" },
  'client-cert-auth': { byDefault: 'false', means: 'that a client must show a certificate' },
  'listen-peer-urls': {
    sort: 'own',
    byDefault: 'http://localhost:2380',
    means: 'where it listens for other members: without a word about it, without TLS',
  },
  'initial-advertise-peer-urls': { sort: 'own', means: 'where other members would reach it' },
  'initial-cluster': { sort: 'own', means: 'all members: this one' },
  'peer-cert-file': { sort: 'place', means: 'the certificate it shows to other members' },
  'peer-key-file': { sort: 'place', means: 'the key of that certificate' },
  'peer-trusted-ca-file': { sort: 'place', means: "the CA of other members' certificates" },
  'peer-client-cert-auth': { byDefault: 'false', means: 'that other members must show a certificate' },
};

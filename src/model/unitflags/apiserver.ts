// The flags of kube-apiserver in the tutorial's units and ours, by the sources of 1.6 to 1.36.
import { everyonesFlags, type FlagTable } from './facts.ts';

export const apiserverFlags: FlagTable = {
  ...everyonesFlags,
  'advertise-address': {
    sort: 'own',
    means:
      'the address it publishes in the endpoints of the service kubernetes; it binds nothing and keeps nobody out',
  },
  'apiserver-count': {
    byDefault: '1',
    means: 'how many addresses the master-count reconciler keeps in those endpoints; deprecated from 1.24',
  },
  'endpoint-reconciler-type': {
    since: 9,
    byDefault: (minor) => (minor < 9 ? null : minor < 11 ? 'master-count' : 'lease'),
    means:
      'who keeps those endpoints: master-count, for which --apiserver-count counts, or lease, the default from 1.11, which ignores it and takes a dead address out',
  },
  'service-cluster-ip-range': {
    means: 'where the addresses of services come from; its first one is the service kubernetes',
  },
  'service-node-port-range': { byDefault: '30000-32767', means: 'the ports of services of type NodePort' },
  'allow-privileged': { byDefault: 'false', means: 'whether containers may be privileged' },
  'admission-control': {
    means: 'the ordered list of admission plugins; deprecated from 1.10 for --enable-admission-plugins',
  },
  'enable-admission-plugins': { since: 10, means: 'admission plugins besides those that are on by default' },
  'authorization-mode': {
    byDefault: 'AlwaysAllow',
    means: 'who may do what once logged in; without it everyone may do everything',
  },
  'insecure-bind-address': {
    until: 23,
    byDefault: (minor) => (minor < 20 ? '127.0.0.1' : null),
    means: 'where the port without login listens; without effect from 1.20',
  },
  'insecure-port': {
    until: 23,
    byDefault: (minor) => (minor < 20 ? '8080' : '0'),
    means: 'a port that asks for no login; from 1.20 only 0 is allowed',
  },
  'secure-port': { sort: 'own', byDefault: '6443', means: 'the port with TLS and login' },
  'bind-address': { sort: 'own', byDefault: '0.0.0.0', means: 'where the port with TLS listens' },
  'client-ca-file': { sort: 'place', means: 'the CA whose certificates log clients in' },
  'tls-cert-file': { sort: 'place', means: 'the certificate it shows' },
  'tls-private-key-file': { sort: 'place', means: 'the key of that certificate' },
  'etcd-servers': { sort: 'own', means: 'the store' },
  'etcd-cafile': { sort: 'place', means: "the CA of the store's certificate" },
  'etcd-certfile': { sort: 'place', means: 'the certificate it shows to the store' },
  'etcd-keyfile': { sort: 'place', means: 'the key of that certificate' },
  'storage-backend': {
    byDefault: 'etcd3',
    means: 'how objects lie in the store: etcd3, the default since 1.6, or up to 1.12 etcd2',
  },
  'kubelet-client-certificate': { sort: 'place', means: 'what it shows to kubelets, for logs and exec' },
  'kubelet-client-key': { sort: 'place', means: 'the key of that certificate' },
  'service-account-key-file': { sort: 'place', means: 'checks the tokens of service accounts' },
  'service-account-signing-key-file': {
    since: 10,
    sort: 'place',
    means: 'signs the tokens of service accounts; must be there from 1.20',
  },
  'service-account-issuer': { since: 10, means: 'who issues those tokens; must be there from 1.20' },
  'requestheader-client-ca-file': {
    sort: 'place',
    means: 'the CA of proxies in front; without it scheduler and controller-manager log errors for ever',
  },
  'requestheader-allowed-names': { means: 'which of those certificates are proxies' },
  'requestheader-username-headers': { means: 'the header in which a proxy names the user' },
  'basic-auth-file': { until: 18, sort: 'place', means: 'passwords in a file' },
  'kubelet-https': { until: 21, means: 'whether kubelets are asked with TLS' },
  'enable-swagger-ui': { until: 23, means: 'an old page about the API' },
  'cloud-provider': { until: 32, means: 'which cloud the masters run in' },
};

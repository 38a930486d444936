// What it means when the flags of kubelet and kube-proxy are not as rendered.
import { booleanFlag } from '../goflags.ts';
import { danger, harmless, type Look, matters, type Rule } from './judgement.ts';
import { ownApiserver, ownKubeconfig } from './ruleelected.ts';

const closed = (flags: Look['flags']) => !booleanFlag(flags, 'anonymous-auth', true);

export const kubeletRules: Readonly<Record<string, Rule>> = {
  'anonymous-auth': ({ flags, words }) => (closed(flags) ? null : danger(words.dangers.kubelet)),
  'authorization-mode': ({ flags, found }) => {
    if (found !== null && found !== 'AlwaysAllow')
      return harmless('another way to decide who may use port 10250');
    // Told by --anonymous-auth already.
    return closed(flags)
      ? matters(
          'every certificate of the CA may run commands in its containers; set --authorization-mode=Webhook',
        )
      : null;
  },
  'read-only-port': () =>
    matters('a port without login shows all its pods to anyone; close it with --read-only-port=0'),
  'client-ca-file': ({ found }) =>
    found === null ? harmless('nobody can log in at port 10250 with a certificate') : null,
  'cluster-dns': () => harmless('containers ask another name server'),
  'cluster-domain': () => harmless('services are in another domain'),
  'register-node': () => harmless('its Node object must be made by somebody else'),
  'container-runtime-endpoint': ({ found }) =>
    harmless(found === null ? 'the default is containerd as well' : 'another container runtime'),
  kubeconfig: ({ found, flags }) =>
    found === null && !flags.has('api-servers')
      ? matters('without it, it knows no API server and runs only static pods')
      : null,
  'api-servers': ({ found }) =>
    /(^|,)http:/.test(found ?? '')
      ? matters(
          'it asks the port without login, which must be open for that, and it went in 1.8; use --kubeconfig',
        )
      : harmless('deprecated for --kubeconfig'),
};

export const kubeProxyRules: Readonly<Record<string, Rule>> = {
  master: (look) => (look.flags.has('config') && look.found === null ? null : ownApiserver(look)),
  kubeconfig: (look) => (look.flags.has('config') ? null : ownKubeconfig(look)),
};

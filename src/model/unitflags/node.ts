// The flags of kubelet and kube-proxy in the tutorial's units and ours, by the sources of 1.6 to 1.36.
import { everyonesFlags, type FlagTable } from './facts.ts';

export const kubeletFlags: FlagTable = {
  ...everyonesFlags,
  'hostname-override': { sort: 'own', means: 'the name of the node' },
  'api-servers': { until: 7, sort: 'own', means: 'the API servers; gone in 1.8 for --kubeconfig' },
  kubeconfig: { sort: 'place', means: 'which API server, and how it logs in there' },
  'require-kubeconfig': { until: 9, means: "up to 1.7, that the API server is the kubeconfig's" },
  'register-node': { byDefault: 'true', means: 'whether it makes its own Node object' },
  'cluster-dns': { means: 'the name server that containers ask' },
  'cluster-domain': { means: 'the domain of services' },
  'anonymous-auth': {
    byDefault: 'true',
    means: 'whether its port 10250 answers without login; with it anyone runs commands in containers',
  },
  'authorization-mode': {
    byDefault: 'AlwaysAllow',
    means: 'Webhook: the API server says who may use port 10250',
  },
  'client-ca-file': { sort: 'place', means: 'the CA whose certificates log in at port 10250' },
  'read-only-port': { byDefault: '10255', means: 'a port without login that shows all pods; 0 closes it' },
  'container-runtime-endpoint': {
    means: 'the container runtime; docker itself is no longer one from 1.24',
  },
  'container-runtime': { until: 26, means: 'docker or remote' },
  'network-plugin': { until: 23, means: 'how containers get addresses, while docker was the runtime' },
  'allow-privileged': { until: 14, means: 'whether containers may be privileged' },
  'register-schedulable': { until: 33, means: 'whether the scheduler may use the node' },
  'pod-infra-container-image': { until: 34, means: "the image that holds a pod's network" },
};

export const kubeProxyFlags: FlagTable = {
  ...everyonesFlags,
  'hostname-override': { sort: 'own', means: 'the name of the node' },
  master: { sort: 'own', means: "its own master's API server, whatever the kubeconfig names" },
  kubeconfig: { sort: 'place', means: 'how it logs in at the API server' },
};

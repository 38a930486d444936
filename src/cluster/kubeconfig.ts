// The one part of the Kubernetes client that is used. Exported from here, so that the bundle leaves out the rest of it.
export { KubeConfig } from '@kubernetes/client-node';

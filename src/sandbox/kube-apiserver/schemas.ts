// The fields `kubectl explain` shows of each kind, in few words: what the sandbox itself reads or writes.

export interface Field {
  readonly name: string;
  /** `string`, `integer`, `boolean`, `object`; `list of …`, `map of …`. */
  readonly type: string;
  readonly description: string;
  readonly fields?: readonly Field[];
}

/** `name type description`, a line each; indented lines are the fields of the one above. */
function parse(text: string): readonly Field[] {
  const root: Field[] = [];
  const open: Array<{ depth: number; fields: Field[] }> = [{ depth: -1, fields: root }];
  for (const line of text.split('\n')) {
    const parts = /^(\s*)(\S+) ((?:list of |map of )?\w+) (.+)$/.exec(line);
    if (!parts) continue;
    const [, indent = '', name = '', type = '', description = ''] = parts;
    while ((open.at(-1)?.depth ?? -1) >= indent.length) open.pop();
    const field = { name, type, description, ...(type.endsWith('object') ? { fields: [] as Field[] } : {}) };
    open.at(-1)?.fields.push(field);
    if (field.fields) open.push({ depth: indent.length, fields: field.fields });
  }
  return root;
}

const metadata = `
apiVersion string The version of the API that this object is written in.
kind string What this object is.
metadata object What every object has.
  name string Unique within its namespace and kind.
  generateName string A beginning for a name that the server completes.
  namespace string The space the name is unique in.
  uid string Unique in time and space.
  resourceVersion string Changes with each write; a write that names an older one is refused.
  creationTimestamp string When it was made.
  deletionTimestamp string When it is to be gone.
  labels map of string Names and values to select by.
  annotations map of string Names and values to keep; a lock of Kubernetes up to 1.19 is one.
  finalizers list of string Who must let go before it is deleted.
`;

const kinds: Readonly<Record<string, readonly [description: string, fields: string]>> = {
  ConfigMap: [
    'Settings as names and values.',
    'data map of string The values.\nbinaryData map of string Values in base64.',
  ],
  Endpoints: [
    'The addresses behind a service.',
    `
subsets list of object Addresses that share their ports.
  addresses list of object Those that are ready.
    ip string The address.
  ports list of object The ports of each.
    name string The name that the service knows it by.
    port integer The number.
    protocol string TCP, UDP or SCTP.
`,
  ],
  EndpointSlice: [
    'Some of the addresses behind a service.',
    `
addressType string IPv4, IPv6 or FQDN.
endpoints list of object The addresses.
  addresses list of string One address.
  conditions object How it is.
    ready boolean Whether it takes requests.
ports list of object The ports of each.
  name string The name that the service knows it by.
  port integer The number.
  protocol string TCP, UDP or SCTP.
`,
  ],
  Event: [
    'Something that happened to an object.',
    `
involvedObject object What it happened to.
  kind string Its kind.
  namespace string Its namespace.
  name string Its name.
reason string Why, in one word.
message string What happened.
type string Normal or Warning.
count integer How often.
firstTimestamp string When first.
lastTimestamp string When last.
source object Who says so.
  component string The component.
  host string The host it runs on.
`,
  ],
  Lease: [
    'A lock that somebody holds for a time.',
    `
spec object The record.
  holderIdentity string Who holds it; empty after a release.
  leaseDurationSeconds integer How long others wait after they saw it change.
  acquireTime string When the holder took it, by his own clock.
  renewTime string When the holder renewed it last, by his own clock.
  leaseTransitions integer How often it was acquired.
`,
  ],
  Namespace: ['A space for names.', 'status object How it is.\n  phase string Active or Terminating.'],
  Node: [
    'A machine that pods run on.',
    `
spec object What is wanted of it.
  unschedulable boolean Whether new pods are kept away.
  taints list of object What pods must tolerate to be put here.
    key string The name.
    value string The value.
    effect string NoSchedule, PreferNoSchedule or NoExecute.
status object How it is.
  conditions list of object Ready and others.
    type string Which.
    status string True, False or Unknown.
  addresses list of object Where it is reached.
    type string InternalIP, ExternalIP or Hostname.
    address string The address.
`,
  ],
  Pod: [
    'Containers that run together on one node.',
    `
spec object What is wanted.
  nodeName string The node it runs on; set by a scheduler, once.
  schedulerName string Which scheduler is to find a node.
  nodeSelector map of string Labels that the node must have.
  terminationGracePeriodSeconds integer How long it may take to end.
  containers list of object What runs.
    name string Unique within the pod.
    image string What it runs; the sandbox runs a program of its own instead.
    command list of string The program; not run by the sandbox.
  tolerations list of object Taints that do not keep it away.
    key string The taint's name.
    operator string Exists or Equal.
    effect string The taint's effect.
status object How it is.
  phase string Pending, Running, Succeeded, Failed or Unknown.
  startTime string When a kubelet took it up.
  conditions list of object PodScheduled and others.
    type string Which.
    status string True, False or Unknown.
`,
  ],
  ReplicationController: [
    'So many pods of one template.',
    `
spec object What is wanted.
  replicas integer How many pods.
  selector map of string Labels of its pods.
  template object What each is made from.
status object How it is.
  replicas integer How many there are.
`,
  ],
  Service: [
    'One address for many pods or hosts.',
    `
spec object What is wanted.
  type string ClusterIP, NodePort, LoadBalancer or ExternalName.
  clusterIP string The address within the cluster.
  selector map of string Labels of the pods behind it.
  sessionAffinity string ClientIP keeps a client with one pod; None does not.
  ports list of object The ports.
    name string Its name.
    port integer The number at the service's address.
    targetPort integer The number at the pods' addresses.
    protocol string TCP, UDP or SCTP.
`,
  ],
  ServiceAccount: [
    'Who a pod is to the API server.',
    'secrets list of object What it may use.\n  name string Its name.',
  ],
};

export function schemaFields(kind: string): { description: string; fields: readonly Field[] } {
  const [description, fields] = kinds[kind] ?? [kind, ''];
  return { description, fields: parse(`${metadata}\n${fields}`) };
}

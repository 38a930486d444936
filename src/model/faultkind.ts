// The ways in which a leader is made to go.

export const faultKinds = ['stop', 'kill', 'freeze', 'zombie', 'apiserver', 'cut', 'etcd'] as const;
export type FaultKind = (typeof faultKinds)[number];

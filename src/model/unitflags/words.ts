// What units' differences and open ports mean, in English, as far as labs tell of them: those have it in other languages too.

/** What a flag that is not the same on each master comes to. */
const between = {
  privileged:
    'whether a privileged container is let in depends on which API server is asked; choose one for all',
  admission: 'what is let in depends on which API server is asked; choose one list for all',
  authorization: 'who may do what depends on which API server is asked',
  addresses: 'each gives services addresses of another range',
  ports: 'each gives services ports of another range',
  endpoints: 'each keeps the endpoints of the service kubernetes in its own way, and they undo each other',
  issuer: 'a token of one is refused by the other',
  storage: 'what one writes into the store the other cannot read',
  prefix: 'each keeps its objects in another place of the store: two clusters, not one',
  noElection: 'who does not elect works beside the one that leads',
  otherLock: 'each looks at another lock, and two that see no lock of the other both work at once',
  shorterLease: 'a standby with the shorter lease takes the lock while its leader holds it',
  deadline: 'how long a leader clings to the lock depends on who leads',
  retry: 'how fast a handover is depends on who takes over',
  loudness: 'one says more in its log than the other',
  logPlace: 'their logs are in different places',
  openPort: 'one has a port without login that the other does not have',
  openAddress: 'one has a port without login where the other does not have it',
  alike: 'masters should be alike: what happens depends on which of them does the work',
  oneServer: 'they ask one and the same API server: when that one stops, none of them can work',
  oneAddress:
    'they publish one address, so that containers never reach the other API server; give each its own',
};

const anyone =
  'whoever reaches it reads and writes every object, secrets too, past every login of the API server';

/** What is open to anyone without a login. */
const dangers = {
  apiserver: (port: string | null, address: string) =>
    `port ${port} on ${address} asks for no login: whoever reaches it is administrator of the cluster; bind it to 127.0.0.1, or close it with --insecure-port=0`,
  store:
    'the store asks nobody who he is: whoever reaches its port reads and writes every object, secrets too; give it TLS and --client-cert-auth=true',
  storeClients: `it asks nobody who he is: ${anyone}; listen on https with --client-cert-auth=true`,
  storeTls: `TLS alone asks nobody who he is: ${anyone}; set --client-cert-auth=true`,
  storePeers: 'whoever reaches its port for other members can join and take everything; give it TLS',
  kubelet:
    'whoever reaches port 10250 runs commands in its containers, without login; set --anonymous-auth=false',
};

export const englishUnits = {
  between,
  dangers,
  expected: (found: string, expected: string) => `${found}, expected ${expected}`,
  without: (flag: string) => `no ${flag}`,
  isOn: (value: string | null, master: string) => `${value ?? 'not given'} on ${master}`,
  is: (flag: string, values: string) => `${flag} is ${values}`,
};

export type UnitWords = typeof englishUnits;
export type BetweenReason = keyof typeof between;

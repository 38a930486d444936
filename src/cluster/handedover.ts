// A kubeconfig that a host handed over: it must name no file to be read here and no program to be run here.
import { posix } from 'node:path';
import { isJsonObject, type JsonObject } from '../model/jsonobject.ts';

export interface HandedOver {
  readonly text: string;
  /** Where it lies on its host: relative paths count from its folder. */
  readonly file: string;
  /** Reads a file of that host. */
  readonly read: (file: string) => Promise<string>;
}

/** Taken over as they are; whatever is not named here is left out, as it could reach this machine. */
const kept = {
  cluster: ['server', 'certificate-authority-data', 'insecure-skip-tls-verify', 'tls-server-name'],
  user: ['client-certificate-data', 'client-key-data', 'token', 'username', 'password'],
} as const;

/** Named as files on the host: read there and taken in. */
const files = {
  cluster: ['certificate-authority'],
  user: ['client-certificate', 'client-key'],
} as const;

/** Logins that would run a program of this machine, or send a file of it. */
const refused = ['exec', 'auth-provider', 'tokenFile'];

/**
 * The same kubeconfig with everything inside, as JSON; of a host's own choosing, so nothing of it reaches this machine.
 * @throws Error that says in words what of it is refused.
 */
export async function takeOver(given: HandedOver): Promise<string> {
  const { parse } = await import('yaml');
  const config: unknown = parse(given.text);
  if (!isJsonObject(config)) throw new Error('it is not a mapping');
  const one = async (entry: unknown, sort: 'cluster' | 'user') => {
    if (!isJsonObject(entry)) return [];
    const section = isJsonObject(entry[sort]) ? entry[sort] : {};
    return [{ name: entry.name, [sort]: await inlined(section, sort, given) }];
  };
  const all = async (list: unknown, sort: 'cluster' | 'user') =>
    (await Promise.all((Array.isArray(list) ? list : []).map((entry) => one(entry, sort)))).flat();
  const { contexts = [] } = config;
  const current = config['current-context'];
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: await all(config.clusters, 'cluster'),
    users: await all(config.users, 'user'),
    contexts,
    'current-context': current,
  });
}

async function inlined(
  section: JsonObject,
  sort: 'cluster' | 'user',
  { file, read }: HandedOver,
): Promise<JsonObject> {
  const own = refused.find((key) => section[key] !== undefined);
  if (own !== undefined)
    throw new Error(`it logs in with ${own}, which is not done here for a file of another machine`);
  const taken: Record<string, unknown> = {};
  for (const key of kept[sort]) if (section[key] !== undefined) taken[key] = section[key];
  for (const key of files[sort]) {
    const path = section[key];
    if (typeof path !== 'string' || taken[`${key}-data`] !== undefined) continue;
    const text = await read(posix.resolve(posix.dirname(file), path));
    taken[`${key}-data`] = Buffer.from(text).toString('base64');
  }
  return taken;
}

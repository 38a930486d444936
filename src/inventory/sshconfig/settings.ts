// What ssh_config says about one host, in kha-lab's own terms; what kha-lab cannot do is refused, not ignored.
// Own reader: the libraries at hand leave out Include and line numbers, or run what "Match exec" names.
import { exits, KhaError } from '../../model/failure.ts';
import type { StrictHostKeyChecking } from '../inventory.ts';
import { expandPath, type Surroundings } from '../surroundings.ts';
import { type Collected, collectFrom } from './collect.ts';
import { badSshConfig, type ConfigLine } from './parse.ts';
import { fillTokens } from './tokens.ts';

export interface HostSettings {
  readonly hostName: string;
  readonly port: number | undefined;
  readonly user: string | undefined;
  readonly identityFiles: readonly string[];
  readonly identitiesOnly: boolean;
  /** `null`: no agent; `undefined`: SSH_AUTH_SOCK. */
  readonly agentSocket: string | null | undefined;
  readonly knownHostsFiles: readonly string[] | undefined;
  readonly strictHostKeyChecking: StrictHostKeyChecking | undefined;
  readonly hostKeyAlias: string | undefined;
  readonly hashKnownHosts: boolean;
  readonly addressFamily: 4 | 6 | undefined;
  readonly connectTimeoutMs: number | undefined;
}

export interface SettingsQuery {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  /** One named file, `none`, or left out for the usual ones. */
  readonly configFile?: string;
}

const unsupported: Readonly<Record<string, string>> = {
  proxy: 'goes through another host (ProxyJump, ProxyCommand)',
  canonicalizehostname: 'rewrites host names (CanonicalizeHostname)',
  certificatefile: 'logs in with a certificate (CertificateFile)',
  knownhostscommand: 'asks a program for host keys (KnownHostsCommand)',
  bindaddress: 'binds an address of this machine (BindAddress)',
  bindinterface: 'binds an interface of this machine (BindInterface)',
};

function refuseUnsupported({ first }: Collected, host: string): void {
  for (const [keyword, what] of Object.entries(unsupported)) {
    const line = first.get(keyword);
    if (line === undefined || ['none', 'no'].includes((line.words[0] ?? '').toLowerCase())) continue;
    throw new KhaError({
      code: 'ssh-config-unsupported',
      exit: exits.usage,
      message: `${line.file}:${line.line}: the connection to ${host} ${what}, which kha-lab does not do.`,
      tryThis: `Run kha-lab where ${host} can be reached directly, or bypass the line with "ssh: { configFile: none }" in the inventory.`,
    });
  }
}

function portOf(line: ConfigLine | undefined): number | undefined {
  if (line === undefined) return undefined;
  const port = Number(line.words[0]);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw badSshConfig(line, `"${line.words[0]}" is not a port`);
  return port;
}

const strictness: Readonly<Record<string, StrictHostKeyChecking>> = {
  yes: 'yes',
  'accept-new': 'accept-new',
  ask: 'ask',
  // A host that is not known is never trusted unasked, whatever ssh_config allows.
  no: 'ask',
  off: 'ask',
};

/** What ssh would do for this host. Throws `bad-ssh-config` or `ssh-config-unsupported` (exit 2). */
export async function sshSettings(query: SettingsQuery, surroundings: Surroundings): Promise<HostSettings> {
  const { home, user: localUser, env } = surroundings;
  const wanted = {
    host: query.host,
    localUser,
    home,
    ...(query.user === undefined ? {} : { user: query.user }),
  };
  const into: Collected = { first: new Map(), identityFiles: [], finalPass: 'not wanted' };
  const files =
    query.configFile === undefined
      ? surroundings.sshConfigFiles
      : query.configFile === 'none'
        ? []
        : [query.configFile];
  const readAll = async () => {
    for (const file of files)
      await collectFrom(file, { wanted, into, mustExist: query.configFile !== undefined });
  };
  await readAll();
  if (into.finalPass === 'wanted') {
    into.finalPass = 'now';
    await readAll();
  }
  refuseUnsupported(into, query.host);

  const one = (keyword: string) => into.first.get(keyword)?.words[0];
  const yes = (keyword: string) => ['yes', 'true'].includes((one(keyword) ?? '').toLowerCase());
  const hostName = (one('hostname') ?? query.host).replaceAll(/%([h%])/g, (_, letter) =>
    letter === 'h' ? query.host : '%',
  );
  const user = query.user ?? one('user');
  const port = query.port ?? portOf(into.first.get('port'));
  const hostKeyAlias = one('hostkeyalias');
  const tokens = {
    home,
    localUser,
    env,
    host: hostName,
    originalHost: query.host,
    port: port ?? 22,
    remoteUser: user ?? localUser,
    hostKeyAlias,
  };
  const path = (word: string, at: ConfigLine) =>
    expandPath(fillTokens(word, tokens, at), home, process.cwd());
  const knownHosts = into.first.get('userknownhostsfile');
  const globalKnownHosts = into.first.get('globalknownhostsfile');
  const agent = into.first.get('identityagent');
  const agentWord = agent?.words[0];
  const pathsOf = (line: ConfigLine) =>
    line.words.filter((word) => word.toLowerCase() !== 'none').map((word) => path(word, line));
  const family = (one('addressfamily') ?? 'any').toLowerCase();
  const timeout = Number(one('connecttimeout'));
  return {
    hostName,
    port,
    user,
    identityFiles: [
      ...new Set(
        into.identityFiles
          .filter(({ words }) => words[0] !== 'none')
          .map((line) => path(line.words[0] ?? '', line)),
      ),
    ],
    identitiesOnly: yes('identitiesonly'),
    agentSocket:
      agent === undefined || agentWord === undefined || agentWord === 'SSH_AUTH_SOCK'
        ? undefined
        : agentWord === 'none'
          ? null
          : agentWord.startsWith('$') && !agentWord.startsWith('${')
            ? env[agentWord.slice(1)]
            : path(agentWord, agent),
    knownHostsFiles:
      knownHosts === undefined && globalKnownHosts === undefined
        ? undefined
        : [
            ...(knownHosts ? pathsOf(knownHosts) : [expandPath('~/.ssh/known_hosts', home, home)]),
            ...(globalKnownHosts ? pathsOf(globalKnownHosts) : surroundings.globalKnownHostsFiles),
          ],
    strictHostKeyChecking: strictness[(one('stricthostkeychecking') ?? '').toLowerCase()],
    hostKeyAlias,
    hashKnownHosts: yes('hashknownhosts'),
    addressFamily: family === 'inet' ? 4 : family === 'inet6' ? 6 : undefined,
    connectTimeoutMs: Number.isFinite(timeout) && timeout > 0 ? timeout * 1000 : undefined,
  };
}

// Reads ssh_config files as OpenSSH does for one host: the first value of an option wins, identity files add up.
import { readFile } from 'node:fs/promises';
import { exits, KhaError } from '../../model/failure.ts';
import { includedFiles, includeFolder } from './include.ts';
import { badSshConfig, type ConfigLine, parseSshConfig } from './parse.ts';
import { matchesList } from './patterns.ts';

export interface Wanted {
  /** The host as it was named: an alias or an address. */
  readonly host: string;
  /** Given beside the ssh_config, so that it wins over it. */
  readonly user?: string;
  readonly localUser: string;
  readonly home: string;
}

export interface Collected {
  readonly first: Map<string, ConfigLine>;
  readonly identityFiles: ConfigLine[];
  /** `Match final` holds only when the files are read a second time; `wanted` says that they should be. */
  finalPass: 'not wanted' | 'wanted' | 'now';
}

const deepestInclude = 16;

/** `ProxyJump` and `ProxyCommand` compete: whichever comes first counts. */
const keyOf = (keyword: string) =>
  keyword === 'proxyjump' || keyword === 'proxycommand' ? 'proxy' : keyword;

function matches(line: ConfigLine, wanted: Wanted, collected: Collected): boolean {
  const hostName = collected.first.get('hostname')?.words[0]?.replaceAll('%h', wanted.host) ?? wanted.host;
  const user = wanted.user ?? collected.first.get('user')?.words[0] ?? wanted.localUser;
  const subjects = { host: hostName, originalhost: wanted.host, user, localuser: wanted.localUser } as const;
  const words = [...line.words];
  while (words.length > 0) {
    const written = words.shift() ?? '';
    const negated = written.startsWith('!');
    const [criterion = '', inlineValue] = (negated ? written.slice(1) : written).toLowerCase().split('=', 2);
    if (criterion === 'all') continue;
    if (criterion === 'final' || criterion === 'canonical') {
      if (collected.finalPass === 'now' && !negated) continue;
      if (collected.finalPass === 'not wanted' && criterion === 'final') collected.finalPass = 'wanted';
      if (collected.finalPass !== 'now' && negated) continue;
      return false;
    }
    const subject = subjects[criterion as keyof typeof subjects];
    if (subject === undefined)
      throw new KhaError({
        code: 'ssh-config-unsupported',
        exit: exits.usage,
        message: `${line.file}:${line.line}: "Match ${criterion}" decides about ${wanted.host}, and only ssh itself can judge it.`,
        tryThis:
          'Give host, port, user and identityFile in the inventory, and "ssh: { configFile: none }" at its top.',
      });
    const patterns = inlineValue ?? words.shift();
    if (patterns === undefined) throw badSshConfig(line, `"Match ${criterion}" needs a pattern`);
    if (matchesList(subject, patterns.split(',')) === negated) return false;
  }
  return true;
}

/** Adds what `file` says about the wanted host. Throws `bad-ssh-config` or `ssh-config-unsupported` (exit 2). */
export async function collectFrom(
  file: string,
  options: {
    readonly wanted: Wanted;
    readonly into: Collected;
    readonly mustExist: boolean;
    readonly depth?: number;
    readonly folder?: string;
  },
): Promise<void> {
  const { wanted, into, mustExist, depth = 0, folder = includeFolder(file, wanted.home) } = options;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (!mustExist) return;
    throw new KhaError({
      code: 'bad-ssh-config',
      exit: exits.usage,
      message: `The ssh_config file ${file} cannot be read.`,
      tryThis: 'Correct "ssh: { configFile: … }" in the inventory.',
      cause,
    });
  }
  let active = true;
  for (const line of parseSshConfig(text, file)) {
    if (line.keyword === 'host') active = matchesList(wanted.host, line.words);
    else if (line.keyword === 'match') active = matches(line, wanted, into);
    else if (!active) continue;
    else if (line.keyword === 'include') {
      if (depth >= deepestInclude) throw badSshConfig(line, 'Include goes too deep');
      for (const pattern of line.words)
        for (const included of await includedFiles(pattern, { home: wanted.home, folder }))
          await collectFrom(included, { wanted, into, mustExist: false, depth: depth + 1, folder });
    } else if (line.keyword === 'identityfile') into.identityFiles.push(line);
    else if (!into.first.has(keyOf(line.keyword))) into.first.set(keyOf(line.keyword), line);
  }
}

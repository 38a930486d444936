// `npm:PACKAGE`: a lab out of an npm package, fetched and unpacked without running anything of it.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { labsIn } from '../lab/find.ts';
import { exits, KhaError } from '../model/failure.ts';

const run = promisify(execFile);

/** A name as registries have it, with a version or tag; no address, no path, no repository: those would build things. */
const specification =
  /^((?:@[a-z0-9~][\w.~-]*\/)?[a-z0-9~][\w.~-]*)(@[\w.^~+-]+)?(?:#([a-z0-9][a-z0-9-]*))?$/;

/**
 * Folder of the lab in a package; `npm:PACKAGE#LAB` chooses one of several.
 * @throws KhaError `bad-package` (exit 2) for what is no package or holds no lab, `not-fetched` (exit 4) otherwise.
 */
export async function labOfPackage(word: string, env: NodeJS.ProcessEnv): Promise<string> {
  const wanted = word.replace(/^npm:/, '');
  const [, name, version = '', chosen] = specification.exec(wanted) ?? [];
  if (name === undefined)
    throw badPackage(
      `\`${word}\` names no npm package.`,
      'Write it like npm:some-lab, npm:@team/labs@1.2.0 or npm:labs#leases.',
    );
  const folder = await unpacked(`${name}${version}`, env);
  const labs = await labsIn(folder);
  const names = labs.map((lab) => basename(lab));
  const lab = chosen === undefined ? (labs.length === 1 ? labs[0] : undefined) : labs[names.indexOf(chosen)];
  if (lab !== undefined) return lab;
  if (labs.length === 0)
    throw badPackage(`The package ${name} holds no lab.`, 'A lab is a folder with a lab.yaml.');
  throw badPackage(
    `The package ${name} holds several labs${chosen === undefined ? '' : `, and none is called ${chosen}`}.`,
    `Choose one: ${names.map((one) => `npm:${name}#${one}`).join(', ')}.`,
  );
}

async function unpacked(spec: string, env: NodeJS.ProcessEnv): Promise<string> {
  const cache = cacheFolder(env);
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const aside = await mkdtemp(join(cache, '.new-'));
  try {
    const flags = ['--ignore-scripts', '--json', '--pack-destination', aside];
    const { stdout } = await run('npm', ['pack', spec, ...flags], { cwd: aside, env, timeout: 120_000 });
    const [packed] = JSON.parse(stdout) as { name: string; version: string; filename: string }[];
    if (!packed) throw new Error('npm packed nothing');
    const kept = join(cache, `${packed.name.replace('/', '+')}-${packed.version}`);
    // What a registry gave once under a version stays what it was.
    if (existsSync(kept)) return kept;
    const opened = join(aside, 'opened');
    await mkdir(opened);
    const tarball = join(aside, basename(packed.filename));
    // Its owners are nobody's here; its first folder may have any name.
    await run('tar', ['-xzf', tarball, '-C', opened, '--strip-components=1', '--no-same-owner']);
    await rename(opened, kept);
    return kept;
  } catch (cause) {
    throw notFetched(spec, cause);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

function cacheFolder(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'kha-lab', 'packages');
}

function badPackage(message: string, tryThis: string): KhaError {
  return new KhaError({ code: 'bad-package', exit: exits.usage, message, tryThis });
}

function notFetched(spec: string, cause: unknown): KhaError {
  const { code, stderr = '', message } = cause as { code?: unknown; stderr?: string; message: string };
  const missing = code === 'ENOENT';
  const said = stderr
    .split('\n')
    .find((line) => /^npm (error|ERR!) \d{3} |^npm (error|ERR!) code/.test(line));
  return new KhaError({
    code: 'not-fetched',
    exit: exits.unreachable,
    message: missing
      ? `The package ${spec} was not fetched: npm or tar is not installed here.`
      : `The package ${spec} was not fetched: ${said ?? message.split('\n')[0]}.`,
    tryThis: missing
      ? 'Install them, or name a folder instead.'
      : `Try it by hand: npm pack ${spec} --ignore-scripts`,
    cause,
  });
}

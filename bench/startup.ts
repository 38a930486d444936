// How soon kha-lab says a word and draws its first frame, beside other programs for the terminal that npm installs.
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { atMost, leftOut, type Measurement, milliseconds, type Row, times } from './measurement.ts';
import { inPairs, type Take } from './pairing.ts';
import { cli, environment, withFolder } from './places.ts';
import { inTerminal } from './terminal.ts';

const run = promisify(execFile);
const rounds = 9;
/** Beyond this no frame comes any more. */
const mostMs = 60_000;

interface Other {
  readonly name: string;
  readonly version: string;
  /** What it draws its screen with. */
  readonly draws: string;
  /** What stands on its first whole frame. */
  readonly first: string;
}

const others: readonly Other[] = [
  { name: 'fkill-cli', version: '9.0.0', draws: 'Inquirer', first: 'Running processes' },
  { name: 'emoj', version: '4.2.0', draws: 'Ink', first: 'Relevant emojis' },
  { name: 'npkill', version: '0.12.2', draws: 'escape sequences', first: 'SPACE to delete' },
];

export const startUp: Measurement = {
  name: 'start-up',
  quick: false,
  measure: () =>
    withFolder(async (home) => {
      const rows: Row[] = [];
      for (const other of others) rows.push(...(await besideOther(other, home)));
      return rows;
    }),
};

async function besideOther({ name, version, draws, first }: Other, home: string): Promise<readonly Row[]> {
  const of = `of what ${name} ${version} (${draws}) takes`;
  const program = await installed(home, { name, version }).catch(() => null);
  if (program === null) return [leftOut(`start-up, ${of}`, 'npm could not install it')];
  // Nothing to be found there, by those that look around.
  const cwd = join(home, 'empty');
  const sandboxes = join(home, 'sandboxes');
  for (const folder of [cwd, sandboxes]) await mkdir(folder, { recursive: true });
  const env = { ...environment(home), TMPDIR: sandboxes };
  // The lab's sandbox goes with it, and must not weigh on the next round.
  const gone = async () => {
    while ((await readdir(sandboxes)).some((one) => one.startsWith('kha-lab-'))) await pause(20);
  };
  const word = (file: string): Take => {
    return async () => {
      const started = performance.now();
      await run(process.execPath, [file, '--version'], { env, cwd });
      return performance.now() - started;
    };
  };
  const frame = (file: string, content: string): Take => {
    return async () => {
      const shown = inTerminal({ argv: [file], env, cwd, columns: 120, rows: 40 });
      try {
        const late = pause(mostMs, null, { ref: false }).then(() => Promise.reject(new Error('no frame')));
        return await Promise.race([shown.until(content), late]);
      } finally {
        await shown.kill();
        await gone();
      }
    };
  };
  const said = row(`\`kha-lab --version\`, ${of}`, await inPairs(rounds, word(program), word(cli())));
  const drawn = `first frame of the lab, ${of}`;
  const isDrawn = await frame(program, first)().then(
    () => true,
    () => false,
  );
  if (!isDrawn) return [said, leftOut(drawn, 'its frame did not come')];
  return [said, row(drawn, await inPairs(rounds, frame(program, first), frame(cli(), 'kha-lab')))];
}

function row(what: string, { a, b, ratio }: Awaited<ReturnType<typeof inPairs>>): Row {
  return atMost(1, { what, value: ratio, beside: `${milliseconds(b)} to ${milliseconds(a)}`, tell: times });
}

/** The file that its command runs. */
async function installed(home: string, { name, version }: Pick<Other, 'name' | 'version'>): Promise<string> {
  const folder = join(home, name);
  const npm = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts'];
  await run('npm', [...npm, `${name}@${version}`]);
  const own = join(folder, 'node_modules', name);
  const { bin } = JSON.parse(await readFile(join(own, 'package.json'), 'utf8'));
  return join(own, typeof bin === 'string' ? bin : String(Object.values(bin)[0]));
}

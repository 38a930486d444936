// One run of the real sandbox, published in every way: files beside its answer, and formats from its recording.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { XMLValidator } from 'fast-xml-parser';
import { beforeAll, expect, it } from 'vitest';
import { type FailoverAnswer, failoverAnswer } from './contract/failover.ts';
import { makeHome, readTape } from './drivers/home.ts';
import { kha, onlyObject, type Ran } from './drivers/program.ts';
import { quickTerms } from './drivers/sandbox.ts';
import { openShell } from './pty.ts';

const home = makeHome();
const at = (name: string) => join(home.work, name);
const recording = at('run.ndjson');
const player = '/usr/bin/asciinema';
/** In a pipeline it must be there (Debian's asciinema); elsewhere the test is skipped. */
const noPlayer = !existsSync(player) && process.env.KHA_CI !== 'true';

let ran: Ran;
let answer: FailoverAnswer;

const wish = [
  ...['failover', '--sandbox', '--lock', 'leases', ...quickTerms, '--max-handover', '30s', '--no-canary'],
  ...['--json', '--record', recording],
  ...['--junit', at('junit.xml'), '--markdown', at('summary.md'), '--openmetrics', at('run.prom')],
];

beforeAll(async () => {
  ran = await kha(home, wish);
  answer = failoverAnswer.parse(onlyObject(ran));
}, 180_000);

const published = async (format: string) => {
  const { exitCode, stdout, stderr } = await kha(home, ['publish', recording, '--format', format]);
  expect(`${exitCode} ${stderr}`).toBe('0 ');
  return stdout;
};

it('leaves the files that were asked for, whole and with nothing beside them', async () => {
  expect(ran.exitCode).toBe(0);
  const junit = readFileSync(at('junit.xml'), 'utf8');
  expect(XMLValidator.validate(junit)).toBe(true);
  expect(junit).toContain('name="round 1: kuberm to kuberm2"');
  const seconds = (answer.rounds[0]?.handoverMs ?? 0) / 1000;
  expect(readFileSync(at('summary.md'), 'utf8')).toContain(`| ${seconds.toFixed(3)} s ± `);
  expect(readFileSync(at('run.prom'), 'utf8')).toMatch(
    /^# TYPE kha_lab_handover_seconds gauge\n[\s\S]*# EOF\n$/,
  );
  expect(readdirSync(home.work).toSorted()).toEqual(['junit.xml', 'run.ndjson', 'run.prom', 'summary.md']);
});

it('publishes from the recording what the run itself left', async () => {
  expect(await published('junit')).toBe(readFileSync(at('junit.xml'), 'utf8'));
  expect(await published('markdown')).toBe(readFileSync(at('summary.md'), 'utf8'));
  expect(await published('openmetrics')).toBe(readFileSync(at('run.prom'), 'utf8'));
  expect(JSON.parse(await published('json'))).toEqual(JSON.parse(ran.stdout));
  expect((await published('csv')).split('\r\n')).toHaveLength(3);
  expect(await published('svg')).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
});

it('records as the published schema says, with a header that is enough to run it again', async () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/recording.json'), 'utf8'));
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  const tape = readTape(recording);
  expect(tape.filter((one) => !validate(one))).toEqual([]);
  expect(tape[0]).toMatchObject({
    kind: 'run',
    command: ['kha-lab', ...wish],
    flags: { fault: 'stop', lock: 'leases', leaseDuration: 5000, maxHandover: 30_000, canary: false },
    versions: { node: process.version },
    inventory: { masters: [{ name: 'kuberm', via: 'ssh' }, { name: 'kuberm2' }] },
  });
  expect(JSON.stringify(tape[0]?.inventory)).not.toMatch(/identit|agent|known/i);
});

it('refuses before the fault what could not be written after it', async () => {
  const refused = await kha(home, ['failover', '--sandbox', '--json', '--junit', at('nowhere/junit.xml')]);
  expect(refused.exitCode).toBe(2);
  expect(onlyObject(refused)).toMatchObject({ error: { code: 'cannot-write' } });
});

it('says on the pages of a pipeline why there was no round, and leaves old numbers alone', async () => {
  const inventory = at('gone.yaml');
  const master = (name: string) => `{ name: ${name}, ssh: { host: 127.0.0.1, port: 1, user: root } }`;
  writeFileSync(
    inventory,
    `masters: [${master('kuberm')}, ${master('kuberm2')}]\nssh: { configFile: none }\n`,
  );
  const [junit, markdown, metrics] = [at('gone.xml'), at('gone.md'), at('gone.prom')];
  writeFileSync(metrics, 'as it was\n');
  const leave = ['--junit', junit, '--markdown', markdown, '--openmetrics', metrics];
  const gone = await kha(home, ['failover', '--inventory', inventory, '--yes', '--json', ...leave]);
  expect(gone.exitCode).toBe(4);
  const [, why = 'none'] = /"message":"([^"]+)"/.exec(gone.stdout) ?? [];
  expect(why).toContain('127.0.0.1');
  const text = readFileSync(junit, 'utf8');
  expect(XMLValidator.validate(text)).toBe(true);
  expect(text).toContain(`<error message="${why}" type="inconclusive"/>`);
  expect(text).toContain('errors="1"');
  expect(readFileSync(markdown, 'utf8')).toContain('**No round could be run:**');
  expect(readFileSync(metrics, 'utf8')).toBe('as it was\n');
});

it.skipIf(noPlayer)('films the run so that asciinema plays it', async () => {
  const film = at('film.cast');
  const made = await kha(home, ['publish', recording, '--format', 'asciicast-v2', '--out', film]);
  expect(made.exitCode).toBe(0);
  expect(execFileSync(player, ['--version'], { encoding: 'utf8' })).toMatch(/^asciinema 2\./);
  const shell = openShell({ columns: 100, rows: 32, env: { HOME: home.work } });
  try {
    await shell.until('ready>');
    shell.type(`${player} play --speed 1000 ${film}; echo "exit $?"\r`);
    await shell.until(/exit 0/, 60_000);
    expect(shell.bytes()).toMatch(/kuberm2/);
    const seconds = ((answer.rounds[0]?.handoverMs ?? 0) / 1000).toFixed(3);
    expect(shell.bytes().replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '')).toContain(`handover ${seconds} s`);
  } finally {
    shell.close();
  }
});

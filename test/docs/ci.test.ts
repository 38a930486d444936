// What docs/ci.md and its examples say is so: flags exist, files are what they claim to be, exit codes and metrics are all there.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { createProgram } from '../../src/commands/program.ts';
import { exits } from '../../src/model/failure.ts';
import { parseUnitFile, settingsOf } from '../../src/model/unitfile.ts';
import { familiesOf } from '../../src/publish/metrics.ts';
import { realRun } from '../publish/runs.ts';

const docs = join(import.meta.dirname, '../../docs');
const read = (name: string) => readFileSync(join(docs, name), 'utf8');
const page = read('ci.md');
const examples = readdirSync(join(docs, 'examples'));

/** Every flag that a command takes. */
function flagsOf(words: readonly string[]): readonly string[] {
  let command = createProgram(() => {});
  for (const word of words) {
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) break;
    command = next;
  }
  return command.options.flatMap(({ long, short }) => [long ?? '', short ?? '']);
}

/** The command lines of kha-lab in a text, as words; continued lines and YAML's lists of arguments joined. */
function commandLines(text: string): readonly (readonly string[])[] {
  const joined = text.replaceAll(/\n\s+(?=-{1,2}[a-z])/g, ' ').replaceAll(/\n\s+- (?=--)/g, ' ');
  const bare = joined.replaceAll(/\['npx', 'kha-lab', '(\w+)'\]\n\s+args:/g, 'kha-lab $1');
  return [...bare.matchAll(/(?:^ {4}|npx )?kha-lab ((?:failover|recover|runs) [^\n`"]*)/gm)].map(
    ([, words = '']) => words.trim().split(/\s+/),
  );
}

describe.each(['ci.md', ...examples.map((name) => `examples/${name}`)])('%s', (name) => {
  it('names only flags that there are', () => {
    const lines = commandLines(read(name));
    for (const words of lines) {
      const known = flagsOf(words);
      const given = words.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/, ''));
      expect(known).toEqual(expect.arrayContaining(given));
    }
    if (!name.endsWith('.timer')) expect(lines.length).toBeGreaterThan(0);
  });
});

it('the page tells every exit code and every metric, and links every example', async () => {
  const codes = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(codes.toSorted((a, b) => a - b)).toEqual(Object.values(exits).toSorted((a, b) => a - b));
  for (const { name } of familiesOf([await realRun('stop-endpoints')])) expect(page).toContain(`\`${name}`);
  for (const name of examples) expect(page).toContain(`(examples/${name})`);
  for (const [, target = ''] of page.matchAll(/\]\(([^)#]+)\)/g))
    expect(existsSync(join(docs, target))).toBe(true);
});

it('the pipelines are YAML that does what the page says', () => {
  const github = parse(read('examples/github-actions.yml'));
  const uploads = github.jobs.failover.steps.find(({ uses = '' }) =>
    uses.startsWith('actions/upload-artifact'),
  );
  expect(uploads.if).toContain('always()');
  expect(uploads.with.path).toBe('failover.*');
  expect(github.concurrency.group).toBe('kha-lab');
  const { failover } = parse(read('examples/gitlab-ci.yml'));
  expect(failover.artifacts).toMatchObject({ when: 'always', reports: { junit: 'failover.xml' } });
  expect(failover.resource_group).toBe('kha-lab');
});

it('the CronJob runs one at a time, once, and leaves the metrics', () => {
  const [, config, job] = parseAllDocuments(read('examples/kha-lab-probe.yaml')).map((one) => one.toJSON());
  expect(parse(config.data['kha-lab.yaml']).masters).toHaveLength(2);
  expect(job.spec).toMatchObject({ concurrencyPolicy: 'Forbid', jobTemplate: { spec: { backoffLimit: 0 } } });
  const pod = job.spec.jobTemplate.spec.template.spec;
  const [{ args, volumeMounts }] = pod.containers;
  expect(args).toContain('--openmetrics=/metrics/kha-lab.prom');
  const named = pod.volumes.map(({ name }: { name: string }) => name);
  expect(volumeMounts.map(({ name }: { name: string }) => name).toSorted()).toEqual(named.toSorted());
});

it('the units are ones that systemd takes', () => {
  const service = parseUnitFile(read('examples/kha-lab-probe.service'));
  expect(settingsOf(service, 'Service', 'ExecStart')[0]).toContain('--openmetrics /var/lib/node_exporter/');
  const timer = parseUnitFile(read('examples/kha-lab-probe.timer'));
  expect(settingsOf(timer, 'Timer', 'OnCalendar')).toEqual(['*-*-* 03:40']);
  if (!existsSync('/usr/bin/systemd-analyze')) return;
  const files = ['service', 'timer'].map((sort) => join(docs, `examples/kha-lab-probe.${sort}`));
  const { stderr } = spawnSync('systemd-analyze', ['verify', ...files], { encoding: 'utf8' });
  // Where npx lies elsewhere than in the example, that alone is said of it; other units of this machine are none of ours.
  const complaints = stderr
    .split('\n')
    .filter((line) => line.includes('kha-lab-probe') && !/npx is not executable/.test(line));
  expect(complaints).toEqual([]);
  const next = execFileSync('systemd-analyze', ['calendar', '*-*-* 03:40'], { encoding: 'utf8' });
  expect(next).toContain('03:40:00');
});

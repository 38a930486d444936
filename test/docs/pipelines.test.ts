// Workflows and pipelines, ours and the examples, are read by what will read them: GitHub's own parser and its schema, a shell for each script.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mistakesIn } from './githubparser.ts';
import { root, wordsOf } from './pages.ts';
import { refusal } from './parsing.ts';

const text = (name: string) => readFileSync(join(root, name), 'utf8');
const ours = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const workflows = [...ours, 'docs/examples/github-actions.yml'];
const gitlab = 'docs/examples/gitlab-ci.yml';

/** Every script of a workflow or a pipeline, in its order. */
function scriptsOf(name: string): readonly string[] {
  const read = parse(text(name), { strict: true, uniqueKeys: true });
  if (name === gitlab) return Object.values<Pipeline>(read).flatMap((job) => partsOf(job).flat());
  return Object.values<Workflow>(read.jobs).flatMap(({ steps = [] }) =>
    steps.flatMap(({ run }) => run ?? []),
  );
}

interface Pipeline {
  readonly script?: readonly string[];
  readonly before_script?: readonly string[];
  readonly after_script?: readonly string[];
}

interface Workflow {
  readonly steps?: readonly { readonly run?: string }[];
}

const partsOf = ({ before_script = [], script = [], after_script = [] }: Pipeline) => [
  before_script,
  script,
  after_script,
];

/** Keywords of a job that we use or might, by GitLab's reference of its YAML syntax. */
const jobKeywords = [
  ...['after_script', 'allow_failure', 'artifacts', 'before_script', 'cache', 'environment', 'image'],
  ...[
    'interruptible',
    'needs',
    'parallel',
    'resource_group',
    'retry',
    'rules',
    'script',
    'secrets',
    'services',
  ],
  ...['stage', 'tags', 'timeout', 'variables', 'when'],
];

describe.each(workflows)('%s', (name) => {
  it("is a workflow by GitHub's own schema", async () => {
    expect(await mistakesIn(name, text(name))).toEqual([]);
  });
});

it('mistakes in workflows are found', async () => {
  const content = text('docs/examples/github-actions.yml');
  const broken = [
    content.replace('runs-on:', 'run-on:'),
    content.replace("cron: '17 4 * * 1'", "cron: 'weekly'"),
    content.replace('{ always() }', '{ alway() }'),
    content.replace('timeout-minutes: 30', 'timeout-minutes: soon'),
  ];
  for (const one of broken) expect(await mistakesIn('broken.yml', one)).not.toEqual([]);
});

it('the pipeline has only keywords of GitLab', () => {
  const jobs = Object.values<object>(parse(text(gitlab), { strict: true, uniqueKeys: true }));
  expect(jobs.flatMap((job) => Object.keys(job)).filter((key) => !jobKeywords.includes(key))).toEqual([]);
});

describe.each([...workflows, gitlab])('the scripts of %s', (name) => {
  const scripts = scriptsOf(name).map((script) => script.replaceAll(/\$\{\{[^}]*\}\}/g, 'VALUE'));

  it('are ones that a shell takes', () => {
    for (const script of scripts) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
      expect(`${status} ${stderr}`).toBe('0 ');
    }
  });

  it('call kha-lab as it is called', async () => {
    const lines = scripts
      .flatMap((script) => script.split('\n'))
      .filter((line) => /^npx kha-lab /.test(line));
    if (name.startsWith('docs/')) expect(lines.length).toBeGreaterThan(1);
    for (const line of lines)
      expect(await refusal(wordsOf(line.replace(/ >.*$/, '')).slice(2)), line).toBeNull();
  });
});

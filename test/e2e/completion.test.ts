// Completion in real shells: what bash, zsh and fish offer is what the command table has.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { completionTable, valuesByFlag } from '../../src/commands/completion/table.ts';
import { createProgram } from '../../src/commands/program.ts';
import { makeHome } from './drivers/home.ts';
import { kha } from './drivers/program.ts';
import { openShell, type Shell } from './pty.ts';

const home = makeHome();
const scripts: Record<string, string> = {};
const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;
const table = completionTable(
  createProgram(() => {}),
  { labs: ['ha-masters'], topics: ['exit-codes'] },
);

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
    const { stdout, stderr, exitCode } = await kha(home, ['completion', shell]);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    scripts[shell] = join(home.work, `completion.${shell}`);
    writeFileSync(scripts[shell], stdout);
  }
  writeFileSync(join(home.work, 'run of monday.ndjson'), '');
});

it('knows no shell but four', async () => {
  const { exitCode, stderr } = await kha(home, ['completion', 'csh']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/bash, zsh, fish, powershell/);
});

/** What each shell must offer for a line whose last word is being typed. */
const cases: readonly [line: readonly string[], offered: readonly string[]][] = [
  [['fa'], ['failover']],
  [['failover', '--fault', 'zo'], ['zombie']],
  [['failover', '--no-ca'], ['--no-canary']],
  [
    ['failover', '--component', 'kube-'],
    ['kube-controller-manager', 'kube-scheduler'],
  ],
  [
    ['labs', 'l'],
    ['lint', 'list'],
  ],
  [['labs', 'new', '--qui'], ['--quiet']],
  [['lab', 'ha'], ['ha-masters']],
  [
    ['sandbox', 'up', '--lock', ''],
    ['endpoints', 'leases'],
  ],
  [['help', 'exit'], ['exit-codes']],
  [['completion', 'f'], ['fish']],
  [['replay', 'run'], ['run of monday.ndjson']],
];

describe('bash', () => {
  const offered = (...words: readonly string[]) => {
    const program = `source "$1"; shift; COMP_WORDS=(kha-lab "$@"); COMP_CWORD=$#; _kha_lab; [ \${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "\${COMPREPLY[@]}"`;
    const args = ['--norc', '--noprofile', '-c', program, 'bash', scripts.bash ?? '', ...words];
    const { stdout, stderr } = spawnSync('bash', args, { encoding: 'utf8', cwd: home.work });
    expect(stderr).toBe('');
    return stdout.split('\n').filter(Boolean).toSorted();
  };

  it.each(cases)('%j', (line, words) => expect(offered(...line)).toEqual(words));

  it('takes --flag=value apart', () => {
    expect(offered('failover', '--fault', '=', 'fr')).toEqual(['freeze']);
    expect(offered('failover', '--fault', '=')).toContain('zombie');
  });

  it('offers every command and every flag, and nothing where anything may be typed', () => {
    for (const { path, commands, flags } of table) {
      const words = path === '' ? [] : path.split(' ');
      const all = flags.flatMap(({ long, short }) => [long, ...(short === null ? [] : [`-${short}`])]);
      expect(offered(...words, '-')).toEqual(all.toSorted());
      if (commands.length > 0)
        expect(offered(...words, '')).toEqual(commands.map(({ name }) => name).toSorted());
    }
    expect(offered('failover', '--hold', '')).toEqual([]);
  }, 60_000);
});

describe('fish', () => {
  it.skipIf(!has('fish')).each(cases)('%j (needs fish)', (line, words) => {
    const typed = ['kha-lab', ...line].join(' ');
    const { stdout, stderr } = spawnSync(
      'fish',
      ['--no-config', '--private', '-c', `source $argv[1]; complete -C $argv[2]`, scripts.fish ?? '', typed],
      { encoding: 'utf8', cwd: home.work, env: { ...process.env, ...home.env } },
    );
    expect(stderr).toBe('');
    const offered = stdout
      .split('\n')
      .filter(Boolean)
      .map((one) => one.replace(/\t.*/, ''));
    expect(offered.toSorted()).toEqual(words);
  });
});

describe('zsh', () => {
  const shells: Shell[] = [];
  afterEach(() => {
    for (const shell of shells.splice(0)) shell.close();
  });

  it.skipIf(!has('zsh'))('completes at a real prompt (needs zsh)', async () => {
    const shell = openShell({ columns: 120, env: { ...home.env, FILE: scripts.zsh ?? '', WORK: home.work } });
    shells.push(shell);
    await shell.until('ready>');
    shell.type(`exec env PS1='zsh''> ' zsh -f\r`);
    await shell.until(/^zsh>/m);
    shell.type(`cd $WORK; autoload -Uz compinit; compinit -u -D; source $FILE; PS1='zsh''ready> '; clear\r`);
    await shell.until(/^zshready> $|^zshready>$/m);
    for (const [line, words] of cases) {
      if (words.length !== 1) continue;
      shell.type(`${['kha-lab', ...line].join(' ')}\t`);
      const whole = ['kha-lab', ...line.slice(0, -1), words[0]?.replaceAll(' ', '\\ ')].join(' ');
      await shell.until(`zshready> ${whole}`);
      shell.type('\u0015');
      await shell.until(/^zshready>\s*$/m);
    }
    shell.type('kha-lab failover --fault=fr\t');
    await shell.until('zshready> kha-lab failover --fault=freeze');
  });
});

describe('PowerShell', () => {
  it('has every place and every value once, as its tables must', async () => {
    const { stdout } = await kha(home, ['completion', 'powershell']);
    const keys = [...stdout.matchAll(/^ {4}'([^']*)' = @/gm)].map(([, key]) => key);
    expect(keys).toEqual([
      ...table.map(({ path }) => path),
      ...valuesByFlag(table).flatMap(([flags]) => flags),
    ]);
    expect(new Set(keys.map((key) => key?.toLowerCase())).size).toBe(keys.length);
  });

  it.skipIf(!has('pwsh'))('offers what was begun (needs pwsh)', () => {
    const ask = `. ${scripts.powershell}; (TabExpansion2 'kha-lab failover --fault zo' 27).CompletionMatches.CompletionText`;
    const { stdout } = spawnSync('pwsh', ['-NoProfile', '-Command', ask], { encoding: 'utf8' });
    expect(stdout.trim()).toBe('zombie');
  });
});

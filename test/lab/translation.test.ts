// A lab told in another language: the same steps, other texts; and a translation with a gap is a mistake.
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languageAsked, readLabIn } from '../../src/commands/lablanguage.ts';
import { findLab } from '../../src/lab/find.ts';
import type { Lab } from '../../src/lab/format.ts';
import { lintLab } from '../../src/lab/lint.ts';
import { readLab } from '../../src/lab/read.ts';
import { namesIn } from '../../src/lab/template.ts';

const leases = await findLab('leases-today');

test.each([
  ['de', {}, 'de'],
  [undefined, { LANG: 'de_AT.UTF-8' }, 'de'],
  [undefined, { LANG: 'en_GB.UTF-8', LC_ALL: 'de_DE' }, 'de'],
  ['en', { LANG: 'de_DE' }, 'en'],
  [undefined, { LANG: 'C.UTF-8' }, undefined],
  [undefined, { LANG: 'POSIX' }, undefined],
  [undefined, {}, undefined],
])('--lang %s with %o asks for %s', (flag, env, language) => {
  expect(languageAsked(flag, env)).toBe(language);
});

test.each([
  ['leases-today', 'Leases heute'],
  ['ha-masters', 'HA-Master'],
])('the texts of %s change, and nothing else does', async (name, title) => {
  const folder = await findLab(name);
  const [own, german] = [await readLab(folder), await readLabIn(folder, { lang: 'de', env: {} })];
  expect(german).toMatchObject({ title, language: 'de', name: own.name });
  const bare = (lab: typeof own) =>
    lab.steps.map(({ id, actions, checks, guess }) => ({
      id,
      deeds: actions.map(({ title: _, note: __, ...deed }) => deed),
      checks: checks.map(({ title: _, ...check }) => check),
      seconds: guess?.choices.map(({ seconds }) => seconds),
    }));
  expect(bare(german)).toEqual(bare(own));
  for (const [at, step] of german.steps.entries()) {
    const same = own.steps[at];
    expect(step.title).not.toBe(same?.title);
    expect(step.text).not.toBe(same?.text);
    expect(step.hints).not.toEqual(same?.hints);
    expect(step.explain).not.toEqual(same?.explain);
    expect([step.id, names(step)]).toEqual([step.id, same && names(same)]);
  }
});

/** Which measured values a step's explanation speaks of; a translation must not lose one. */
function names({ explain }: Lab['steps'][number]): readonly string[] {
  const parts = typeof explain === 'string' ? [explain] : (explain ?? []).map(({ text }) => text);
  return parts.map((part) => [...new Set(namesIn(part).map(({ name }) => name))].toSorted().join(' '));
}

test('parts of an explanation keep what they are told by', async () => {
  const german = await readLabIn(leases, { lang: 'de', env: {} });
  const explain = german.steps[2]?.explain;
  expect(explain).toMatchObject([
    { text: expect.stringContaining('nach den Regeln') },
    { when: 'guess-right', text: expect.stringContaining('richtig') },
    { when: 'guess-too-long' },
    { when: 'guess-too-short' },
    { when: 'released' },
    { when: 'not-released' },
  ]);
});

test('a language nobody asked for by flag falls back; one that was asked for and is not there is refused', async () => {
  expect(await readLabIn(leases, { lang: undefined, env: { LANG: 'fr_FR' } })).toMatchObject({
    language: 'en',
  });
  await expect(readLabIn(leases, { lang: 'fr', env: {} })).rejects.toMatchObject({
    code: 'no-such-language',
    exit: 2,
    tryThis: 'It is told in: en, de.',
  });
});

test('each gap of a translation is a mistake', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kha-texts-'));
  await cp(leases, folder, { recursive: true });
  const file = join(folder, 'stop/step.de.md');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text
      .replace('  stop-gone: Scheduler gestoppt\n', '  stop-gonne: Scheduler gestoppt\n')
      .replace(', höchstens 5 s]', ']')
      .replace('{{new-leader.', '{{neuer-leader.')
      .replace('title: Gestoppt sagt er Lebewohl', 'title: Gestoppt sagt er noch ein allerletztes Lebewohl'),
  );
  await appendFile(file, Array.from({ length: 9 }, () => '\n\nNoch ein Absatz.').join(''));
  await rm(join(folder, 'kill/step.de.md'));
  await cp(join(folder, 'freeze/step.de.md'), join(folder, 'freeze/step.fr.md'));
  const found = (await lintLab(folder)).map(
    ({ file: where, line, what }) => `${where.slice(folder.length + 1)}:${line}: ${what}`,
  );
  await rm(folder, { recursive: true });
  expect(found).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^stop\/step\.de\.md:3: the title is \d+ columns wide, at most 32$/),
      'stop/step.de.md:6: choices of the guess: 2 of 3',
      'stop/step.de.md:12: check stop-gone is not translated',
      'stop/step.de.md:13: there is no check stop-gonne in step.md, did you mean stop-gone?',
      expect.stringMatching(/^stop\/step\.de\.md:21: unknown name \{\{neuer-leader\.kube-scheduler\}\}/),
      expect.stringMatching(/^stop\/step\.de\.md:35: the text takes \d+ lines, at most 12$/),
      'kill/step.de.md:1: there is no such file: the step is not translated',
      'freeze/step.fr.md:1: there is no lab.fr.yaml, so the lab is not told in that language',
    ]),
  );
  expect(found).toHaveLength(8);
});

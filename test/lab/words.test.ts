// What the program says within a lab: every word in each language, and the language is that of the lab's texts.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLabIn } from '../../src/commands/lablanguage.ts';
import { openLab } from '../../src/lab/engine.ts';
import { findLab } from '../../src/lab/find.ts';
import { english } from '../../src/lab/words/english.ts';
import { german } from '../../src/lab/words/german.ts';
import { wordsIn } from '../../src/lab/words/words.ts';
import { betweenMasters, masterDifferenceWords } from '../../src/model/unitflags/between.ts';
import { dangersOf } from '../../src/model/unitflags/compare.ts';
import { FakeWorld } from './fakeworld.ts';

/** Every word of a table by its path; what takes values is given some. */
function said(table: object, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const at = `${path}${key}`;
    if (typeof value === 'string') return [[at, value] as const];
    if (typeof value !== 'function') return said(value, `${at}.`);
    const round = { fault: '«1»', from: '«2»', to: '«3»', after: '«4»', component: '«5»' };
    const given = key === 'round' && !path ? [round] : ['«1»', '«2»', '«3»', '«4»'];
    return [[at, value(...given)] as const];
  });
}

test('both languages have the same words, none empty, and fill in the same values', () => {
  const values = (words: readonly (readonly [string, string])[]) =>
    words.map(([key, text]) => [key, (text.match(/«.»/g) ?? []).toSorted().join('')]);
  expect(values(said(german))).toEqual(values(said(english)));
  expect(said(german).filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('a language that is not spoken here is answered in English', () => {
  expect(wordsIn({ language: 'de-AT' })).toBe(german);
  for (const language of ['en', 'fr', 'pt-BR', 'constructor']) expect(wordsIn({ language })).toBe(english);
});

test('a lab told in German refuses, lists and explains in German', async () => {
  const lab = await readLabIn(await findLab('ha-masters'), { lang: 'de', env: {} });
  const world = new FakeWorld();
  const engine = openLab({ lab, world });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  await settle();
  engine.intend({ want: 'next' });
  expect(world.seen.at(-1)).toMatchObject({
    code: 'step-not-done',
    message: 'Noch nicht: jeder Master antwortet, Uhren verglichen.',
  });
  world.healthy();
  await settle();
  expect(engine.explanation('meet')).toContain('kuberm und kuberm2 antworten.');
  world.handover();
  world.putBack();
  world.note({ kind: 'step', step: 'result', phase: 'passed' });
  await settle();
  expect(engine.explanation('result')).toContain('- **−1.3 s** letzte Erneuerung, kuberm');
  await engine.close();
});

test('no check answers in a sentence that is not among the words', () => {
  const folder = join(import.meta.dirname, '../../src/lab/checks');
  const own = readdirSync(folder).flatMap((name) => {
    const code = readFileSync(join(folder, name), 'utf8');
    return [...code.matchAll(/\b(?:detail|tryThis): ['`"].*/g)]
      .map(([line]) => line.replace(/\$\{[^}]*\}/g, ''))
      .filter((line) => /['`"][^'`"]*[a-z]/.test(line))
      .map((line) => `${name}: ${line}`);
  });
  expect(own).toEqual([]);
});

test('units that differ, and what is open to anyone, are told in the language of the lab', async () => {
  const lab = await readLabIn(await findLab('ha-masters'), { lang: 'de', env: {} });
  const words = wordsIn(lab).units;
  const unit = (master: string, privileged: string) => ({
    master,
    component: 'kube-apiserver' as const,
    minor: 6,
    flags: new Map([
      ['allow-privileged', privileged],
      ['insecure-bind-address', '0.0.0.0'],
    ]),
  });
  const units = [unit('kuberm', 'false'), unit('kuberm2', 'true')] as const;
  const [first] = betweenMasters(units, words);
  expect(first && `${masterDifferenceWords(first, words)}: ${first.why}`).toMatch(
    /^--allow-privileged ist false auf kuberm, true auf kuberm2: ob ein privilegierter Container/,
  );
  const real = {
    ...units[0],
    version: '1.6',
    masters: 2,
    others: new Map<string, string>(),
    elsewhere: null,
  };
  expect(dangersOf(real, words)).toEqual([
    expect.objectContaining({
      flag: 'insecure-bind-address',
      why: expect.stringMatching(/^Port 8080 auf 0\.0\.0\.0 verlangt keine Anmeldung/),
    }),
  ]);
});

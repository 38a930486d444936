// The screens' texts: the same in each language, and once one is chosen, every part of a screen speaks it.
import { afterEach, expect, test } from 'vitest';
import { speakAsked } from '../../src/commands/lablanguage.ts';
import { english } from '../../src/tui/words/english.ts';
import { german } from '../../src/tui/words/german.ts';
import { speak, texts } from '../../src/tui/words/words.ts';
import { handover, stopAtMs } from './stream.ts';
import { composedText } from './subject.ts';

afterEach(() => speak('en'));

/** Every text by its path; what takes values is given some. */
function said(table: object, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const at = `${path}${key}`;
    if (typeof value === 'string') return [[at, value] as const];
    if (typeof value !== 'function') return said(value, `${at}.`);
    return [[at, String(value('«1»', '«2»', '«3»', '«4»'))] as const];
  });
}

test('each language has the same texts, none empty, with the same values in them', () => {
  const values = (table: object) =>
    said(table).map(([key, text]) => [key, (text.match(/«.»/g) ?? []).toSorted().join('')]);
  expect(values(german)).toEqual(values(english));
  expect(said(german).filter(([, text]) => text.trim() === '')).toEqual([]);
});

test('a key of the footer has a short name in each language', () => {
  for (const { keys, enter } of [english, german])
    expect(Object.values({ ...enter, ...keys }).filter((text) => text.length > 44)).toEqual([]);
});

test.each([
  [undefined, { LANG: 'de_DE.UTF-8' }, german],
  ['de', {}, german],
  ['en', { LANG: 'de_DE.UTF-8' }, english],
  [undefined, { LANG: 'C.UTF-8' }, english],
  [undefined, { LANG: 'fr_FR.UTF-8' }, english],
])('asked for %s in %o', (flag, env, wanted) => {
  speakAsked(flag, env);
  expect(texts()).toBe(wanted);
});

const moment = { columns: 120, rows: 40 };

test('screens in German', () => {
  speak('de');
  const before = composedText({ ...moment, atMs: stopAtMs - 500 });
  expect(before).toContain('deine Schätzung about 10 s');
  expect(before).toContain('kommt zurück  by itself');
  expect(before).toMatch(/erneuert vor \d/);
  expect(before).toContain('★ Leader');
  expect(before).toContain('ctrl+c verlassen (stellt erst den Master wieder her)');
  const ended = composedText({ ...moment, atMs: Number.POSITIVE_INFINITY, explanation: 'So war es.' });
  expect(ended).toContain('Was geschah: So war es.');
  expect(ended).toContain('Übergabe 16.335 s');
  const help = composedText({ ...moment, atMs: stopAtMs, view: { panel: 'help' } });
  expect(help).toContain('Tasten, die jetzt wirken');
  expect(help).toContain('★ Leader   ○ Standby   ✗ gestoppt   ‖ eingefroren   ? unbekannt');
  expect(composedText({ ...moment, atMs: 0, observations: [], plan: null, opening: true })).toContain(
    'Hier öffnet sich das Lab',
  );
});

test('nothing on a German screen is left in English', () => {
  const views = [
    {},
    { panel: 'help' },
    { panel: 'commands' },
    { panel: 'timeline' },
    { panel: 'steps' },
  ] as const;
  const moments = [0, stopAtMs - 500, stopAtMs + 5_000, Number.POSITIVE_INFINITY];
  const drawn = () =>
    views.flatMap((view) =>
      moments.map((atMs) => composedText({ ...moment, atMs, view, observations: handover() })),
    );
  // The English texts of three words and more that the same screens show in English.
  const shown = drawn().join('\n');
  const english3 = said(english).filter(([, text]) => text.split(' ').length >= 3 && shown.includes(text));
  expect(english3.length).toBeGreaterThan(5);
  speak('de');
  const german3 = drawn().join('\n');
  expect(english3.filter(([, text]) => german3.includes(text))).toEqual([]);
});

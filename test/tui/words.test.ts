// The screens' texts: the same in each language, and once one is chosen, every part of a screen speaks it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { sentencesOf } from '../../src/commands/aftertalk.ts';
import { speakAsked, speakAsRun } from '../../src/commands/lablanguage.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { smallest } from '../../src/tui/layout.ts';
import { announce } from '../../src/tui/linear.ts';
import { changeTexts, spokenOf } from '../../src/tui/readertext.ts';
import { english } from '../../src/tui/words/english.ts';
import { german } from '../../src/tui/words/german.ts';
import { speak, texts } from '../../src/tui/words/words.ts';
import { handover, stopAtMs } from './stream.ts';
import { composedText, subjectAt } from './subject.ts';

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

test('what enter does stands whole beside help and the way out in the smallest window, in each language', () => {
  for (const { keys, enter, leave } of [english, german]) {
    const tail = `   ? ${keys.help}   ctrl+c ${leave}`;
    const rows = Object.values(enter).map((words) => ` enter ${words}${tail}`);
    expect(rows.filter((row) => row.length > smallest.columns - 1)).toEqual([]);
  }
  speak('de');
  const low = { ...smallest, atMs: 15_000 };
  expect(composedText(low)).toMatch(/^ enter erst schätzen .*\? Hilfe {3}ctrl\+c verlassen$/m);
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

test('a recorded lab speaks as it did, other recordings as the environment', () => {
  const [begun] = handover();
  if (begun?.kind !== 'run') throw new Error('a run begins with itself');
  const env = { LANG: 'de_DE.UTF-8' };
  const { lab: _, ...plain } = begun;
  speakAsRun(plain, env);
  expect(texts()).toBe(german);
  speakAsRun({ ...begun, lab: 'any' }, env);
  expect(texts()).toBe(english);
  speakAsRun({ ...begun, lab: 'any', flags: { lang: 'de' } }, {});
  expect(texts()).toBe(german);
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

test('a handover in plain lines, in German', () => {
  speak('de');
  let scene = emptyScene;
  const said: string[] = [];
  for (const observation of handover()) {
    const words = announce(scene, observation);
    scene = seeScene(scene, observation);
    if (words !== null) said.push(words.slice(12));
  }
  expect(said).toMatchInlineSnapshot(`
    [
      "lab auf kha-lab.yaml: kuberm, kuberm2",
      "Schritt: stop",
      "kuberm: verbunden, 3.0 ms entfernt",
      "kuberm2: verbunden, 4.0 ms entfernt",
      "kuberm: Uhr +0.4 ±0.1 ms gegen unsere",
      "kuberm2: Uhr −1.2 ±0.1 ms gegen unsere",
      "kuberm: API-Server bereit",
      "kuberm2: API-Server bereit",
      "kuberm: kube-scheduler ist active, pid 4242",
      "kuberm: kube-controller-manager ist active, pid 4243",
      "kuberm2: kube-scheduler ist active, pid 4242",
      "kuberm2: kube-controller-manager ist active, pid 4243",
      "Lock kube-system/kube-controller-manager bei kuberm",
      "Lock kube-system/kube-scheduler bei kuberm",
      "erfüllt: kuberm leads",
      "erfüllt: kuberm2 stands by",
      "Schätzung: about 10 s",
      "Runde 1 beginnt: stop kube-scheduler auf kuberm",
      "kuberm: auszuführen: sudo -n systemctl stop kube-scheduler",
      "kuberm: Weg zurück gestellt: kube-scheduler kehrt in höchstens 1 min 00 s zurück",
      "kuberm: stop von kube-scheduler ausgelöst",
      "kuberm: kube-scheduler endet: soll stoppen",
      "kuberm: stop von kube-scheduler wirkt",
      "kuberm: lief: sudo -n systemctl stop kube-scheduler",
      "kuberm: kube-scheduler ist inactive",
      "erfüllt: scheduler stopped",
      "kuberm2: kube-scheduler nahm das Lock",
      "Lock kube-system/kube-scheduler bei kuberm2",
      "erfüllt: handover timed",
      "kuberm: stop von kube-scheduler endet",
      "kuberm: kube-scheduler ist active, pid 5151",
      "kuberm: kube-scheduler ist wiederhergestellt",
      "kuberm: Weg zurück abgestellt",
      "der Lauf ist zu Ende, Exit 0",
    ]
  `);
});

test('what a screen reader is told, in German', () => {
  speak('de');
  const subject = subjectAt({ atMs: stopAtMs - 30_000 });
  const said = changeTexts(null, spokenOf(subject)).join('\n');
  expect(said).toMatch(/^Schritt 2 von 3: Stop the scheduler on the leader$/m);
  expect(said).toMatch(/^Deine Schätzung: /m);
  expect(said).toMatch(/^ {2}auf kuberm: sudo -n systemctl stop kube-scheduler$/m);
  expect(said).toMatch(/^Tasten: /m);
  expect(said).not.toMatch(/^(Step|To do|Your guess|Checks|Keys)/m);
});

test('who saw the marks of a round, in German', () => {
  speak('de');
  const moments = { ...moment, atMs: Number.POSITIVE_INFINITY, view: { panel: 'timeline' } } as const;
  const drawn = composedText(moments);
  expect(drawn).toMatch(/übernommen +kuberm2 Logzeile/);
  expect(drawn).not.toContain('log line');
  // Columns stand under their heads: no mark is wider than its column.
  expect(Object.values(german.marks).filter((mark) => mark.length > 13)).toEqual([]);
});

test('what stays on the terminal after a lab, in German', () => {
  speak('de');
  const scene = handover().reduce(seeScene, emptyScene);
  const told = { stage: { scene: () => scene }, file: '/tmp/run.ndjson' };
  expect(sentencesOf(told, { finished: false })).toEqual([
    expect.stringMatching(
      /^16\.\d\d s ± \S+ ms nachdem kube-scheduler auf kuberm gestoppt wurde, nahm kuberm2 das Lock\.$/,
    ),
    'Aufgezeichnet in /tmp/run.ndjson; noch einmal zu sehen mit: kha-lab replay /tmp/run.ndjson',
    'Dort weitermachen, wo du warst: kha-lab',
  ]);
});

/** What failures say is English, whatever the screens speak. */
const failing = ['open.tsx', 'session.ts'];

/** Commands, and units of time. */
const noWords = /^systemctl .*|^(?:ssh|api) |\b(?:min|ms)\b/g;

test('no part of the screens says a sentence that is not among its texts', () => {
  const folder = join(import.meta.dirname, '../../src/tui');
  const own = readdirSync(folder)
    .filter((name) => /\.tsx?$/.test(name) && !failing.includes(name))
    .flatMap((name) =>
      literalsOf(readFileSync(join(folder, name), 'utf8')).map((text) => `${name}: ${text}`),
    );
  expect(own.length).toBeGreaterThan(500);
  expect(
    own.filter((text) => /[a-z]{2,}[,:;]? (?:·|[a-z]{2,})|· [a-z]{2,}/i.test(text.slice(text.indexOf(' ')))),
  ).toEqual([]);
});

/** What stands between quotes on one line, values as `·`; code that only looks so has other signs in it. */
function literalsOf(code: string): readonly string[] {
  return code
    .split('\n')
    .filter((line) => !/^\s*(?:\/\/|\/?\*)|^import |^} from /.test(line))
    .flatMap((line) => [...line.matchAll(/'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)])
    .map(([, single, template]) => (single ?? template ?? '').replace(/\$\{[^}]*\}/g, '·'))
    .filter((text) => !/[(){}=]/.test(text))
    .map((text) => text.replaceAll(noWords, ''));
}

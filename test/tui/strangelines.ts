// Logs as no component should write them: wide and joined characters, escape sequences, tabs, bytes that were no UTF-8.
import type { Observation } from '../../src/model/observation.ts';
import { handover } from './stream.ts';

const lines = [
  '日本語のログ行 リーダーが変わりました 選挙',
  '한국어 로그 줄 kuberm 리더',
  'café: e and a combining accent, \u0301 and one alone',
  'a tab\tand a null\x00 and a bell\x07',
  '\x1b[31mred\x1b[0m and \x1b[2J cleared and \x1b]0;title\x07 titled',
  'no UTF-8: \ufffd\ufffd, turned around: \u202eabc',
  `one long line ${'漢字'.repeat(80)} and its end`,
];

/** The made-up handover's beginning, and after it each of these lines on both masters. */
export function strangeLines(): readonly Observation[] {
  const before = handover().filter(({ atMs }) => atMs < 20_000);
  const strange = lines.flatMap((line, index) =>
    ['kuberm', 'kuberm2'].map((host) => ({
      ...({
        atMs: 20_000 + index * 100,
        errorMs: 0,
        host,
        kind: 'log',
        component: 'kube-scheduler',
      } as const),
      ...{ line, event: null, writtenMs: null, arrivedMs: 20_000 + index * 100 },
    })),
  );
  return [...before, ...strange.map((one, index) => ({ ...one, seq: before.length + index }))];
}

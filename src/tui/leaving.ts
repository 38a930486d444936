// The screen while leaving: what is being put back, what it waits for and since when.
import { commandsShown } from './commandlist.ts';
import type { Draw } from './draw.ts';
import { harmless, type Line, line, padText, span, widthOf } from './line.ts';
import { roleOf, roleSpan } from './roles.ts';
import { ageWords, componentWord } from './wording.ts';
import { texts } from './words/words.ts';
import { wrapText } from './wrap.ts';

export function leavingLines({ scene, view, nowMs }: Draw, width: number): readonly Line[] {
  const said = texts().leaving;
  const { fault } = scene;
  const since = ageWords(nowMs - (view.leaving?.sinceMs ?? nowMs));
  const names = Object.keys(scene.masters);
  const longest = Math.max(0, ...names.map(widthOf));
  const masters = names.map((name) =>
    line(
      '  ',
      span(padText(name, longest), 'strong'),
      '  ',
      ...['kube-scheduler', 'kube-controller-manager'].flatMap((component) => [
        span(`${componentWord(component)} `),
        roleSpan(roleOf(scene, name, component)),
        span('   '),
      ]),
    ),
  );
  const lately = commandsShown(scene)
    .slice(-4)
    .map(({ host, text, phase, code }) =>
      line(
        '  ',
        span(phase === 'shown' ? '· ' : code === 0 ? '✓ ' : '✗ ', 'dim'),
        `${host ?? texts().step.here}  `,
        span(harmless(text), 'code'),
      ),
    );
  return [
    line(span(said.title, 'title'), `   ${since}`),
    [],
    ...(fault ? wrapText(said.fault(fault.component, fault.host), width) : wrapText(said.all, width)),
    [],
    ...masters,
    [],
    ...lately,
    [],
    ...wrapText(view.leaving?.hurried ? said.hurried : said.once, width, 'dim'),
  ];
}

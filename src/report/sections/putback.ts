// The steady state before and after each round, and the proof that everything was put back.
import type { Placed } from '../../model/roundgroups.ts';
import { type RunTold, restoredIn, runName, steadyIn } from '../../model/runtold.ts';
import type { Standing } from '../../model/standing.ts';
import { type Markup, markup } from '../markup.ts';
import { longTable, type Row } from './longtable.ts';

export function putBackSection(runs: readonly RunTold[]): Markup {
  const many = runs.length > 1;
  const of = runs.flatMap((run) => run.rounds.map((told): Placed => ({ run, told })));
  const head = [
    ...(many ? ['recording'] : []),
    'round',
    'leads',
    'units active',
    'API servers ready',
    'put back',
    'way back on the masters',
  ];
  return markup`<section><h2>Put back</h2>
${runs.length <= 12 ? runs.map((run) => markup`<p>${runs.length > 1 && `${runName(run)}: `}${verdictOf(run)}</p>`) : markup`<p>${countsOf(runs)}</p>`}
<details><summary>Before and after each round</summary>${longTable({ head, of, row: (placed) => roundRow(placed, many), label: 'Before and after' })}</details></section>
`;
}

function verdictOf(run: RunTold): Markup {
  const [restored, steady] = [restoredIn(run), steadyIn(run)];
  if (restored === null)
    return markup`<span class="inconclusive">? The recording does not say whether all was put back.</span>`;
  if (!restored) return markup`<span class="failed">✗ Not everything was put back.</span>`;
  const rest =
    steady === null
      ? 'Whether it was steady again is not recorded.'
      : steady
        ? 'It was steady again after each round.'
        : 'But it was not steady again.';
  return markup`<span class="${steady === false ? 'inconclusive' : 'passed'}">✓ Every unit was put back as it was found.</span> ${rest}`;
}

function countsOf(runs: readonly RunTold[]): string {
  const back = runs.filter((run) => restoredIn(run) === true).length;
  return `In ${back} of ${runs.length} recordings every unit was put back as it was found.`;
}

function roundRow({ run, told }: Placed, many: boolean): Row {
  const { round, before, after, lost, disarmed } = told;
  const restored = round.marks.some(({ name }) => name === 'restored');
  const armed =
    disarmed === null ? 'none was armed' : disarmed ? 'armed, and taken down again' : 'armed, not taken down';
  const change = (of: (standing: Standing) => string) =>
    `${of(before)} → ${after === null ? 'not seen' : of(after)}`;
  const cells = [
    ...(many ? [runName(run)] : []),
    String(round.round),
    change(({ leader }) => leader ?? 'nobody'),
    change(unitsIn),
    change(apisIn),
  ];
  const proven = restored && lost.length === 0;
  return {
    cells: markup`${cells.map((cell) => markup`<td>${cell}</td>`)}<td class="${proven ? 'passed' : 'inconclusive'}">${restored ? '✓ seen' : '? not seen'}${lost.map((one) => markup`<br><small>${one}</small>`)}</td><td>${armed}</td>`,
    odd: !proven,
  };
}

function unitsIn({ units }: Standing): string {
  return `${units.filter(({ active }) => active === 'active').length} of ${units.length}`;
}

function apisIn({ apis }: Standing): string {
  const asked = apis.filter(({ ready }) => ready !== null);
  return `${asked.filter(({ ready }) => ready).length} of ${asked.length}`;
}

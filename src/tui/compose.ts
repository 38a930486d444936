// A whole screen as lines in regions: pure, so that a test sees what a terminal would.
import type { Round } from '../model/round.ts';
import { densest } from './densest.ts';
import { actionState } from './doing.ts';
import type { Draw, PlaybackState } from './draw.ts';
import type { Expectations } from './expected.ts';
import { footerLine, noticeLines, noticeWithin } from './footer.ts';
import { headerLine } from './header.ts';
import { helpLines } from './helppanel.ts';
import { type Layout, layoutFor } from './layout.ts';
import { leavingLines } from './leaving.ts';
import { cutLine, type Line, line, span } from './line.ts';
import { commandPanel, type PanelLines, stepPanel } from './lists.ts';
import { lockComponents, lockLine } from './lockline.ts';
import type { LogBook } from './logbook.ts';
import { paneLines } from './logpane.ts';
import { masterLines } from './masters.ts';
import { openingLines } from './openinglines.ts';
import { logPanes, type Pane } from './panes.ts';
import { problemShown } from './problemshown.ts';
import { roleOf } from './roles.ts';
import { roundsOf } from './rounds.ts';
import { type Looked, situationOf, stepOf } from './situation.ts';
import { seenFrom, stepTextLines, windowed } from './steptext.ts';
import { formWithin, stripForm, stripLines, stripRows } from './strip.ts';
import { timelinePanel } from './timelinepanel.ts';
import type { Standing } from './update.ts';
import { waysInView } from './waysstrip.ts';

export interface Subject extends Omit<Looked, 'playback'> {
  readonly title: string;
  readonly rows: number;
  readonly nowMs: number;
  readonly waitingFor: string;
  /** A lab whose steps are still to come. */
  readonly opening?: boolean;
  /** Motion is reduced. */
  readonly calm?: boolean;
  /** Left out: it is. */
  readonly recorded?: boolean;
  readonly explain: (step: string) => string | null;
  readonly playback: PlaybackState | null;
  readonly book: (key: string) => LogBook;
  readonly expectations: Expectations;
}

export interface Composition {
  readonly layout: Layout;
  /** Lines over the body, rule included. */
  readonly top: readonly Line[];
  readonly text: readonly Line[];
  readonly panes: readonly (readonly Line[])[];
  /** Instead of text and panes. */
  readonly panel: readonly Line[] | null;
  /** Lines under the body, rule included. */
  readonly bottom: readonly Line[];
  readonly heights: ReturnType<Standing['heights']>;
}

export function compose(subject: Subject): Composition {
  const { columns, rows } = subject;
  const draw = drawOf(subject);
  const { scene, view, step } = draw;
  const round = roundInView(draw);
  const ways = waysInView(draw);
  const band = subject.expectations.band(draw, round);
  const stripped = view.leaving === null && (view.panel === null || view.panel === 'logs');
  const wished = stripped ? stripForm({ round, band, ways }, { columns, rows }) : 'none';
  // What is run next is read whole before it runs, and so is what went wrong: a result that was seen steps back for it.
  const toRead = draw.situation.action !== null || problemShown(scene, view) !== undefined;
  const stepsBack = round?.phase === 'ended' && toRead && wished === 'small';
  const form = stepsBack ? 'line' : wished;
  const panes = panesShown(logPanes(scene, view, step), draw);
  const locks = lockComponents(draw);
  const size = { columns, rows, panes: panes.length, strip: stripRows[form], locks: locks.length };
  const first = layoutOf(draw, size);
  // Longer lines than this are hard to read.
  const width = Math.min(96, (first.text.width > 0 ? first.text.width : first.width) - 2);
  const words = stepTextLines(draw, width);
  const fitted = (doing: readonly Line[], logs: boolean) =>
    layoutOf(draw, {
      ...size,
      panes: logs ? size.panes : 0,
      step: { doing: doing.length, text: words.length },
    });
  const { doing, layout } = densest(draw, { width, fitted, words: words.length, hero: size.strip >= 6 });
  const panel = panelOf(draw, layout);
  const shown = panesIn(panes, layout, draw);
  const rule = line(span('─'.repeat(layout.width), 'rule'));
  const top = topOf(draw, width);
  const text = textPane(draw, layout, windowed(words, top, layout.text.words), doing);
  return {
    layout,
    top: cut(
      [
        headerLine(draw, layout.width),
        ...masterLines(scene, layout.width, subject).slice(0, layout.masters),
        ...locks.slice(0, layout.locks).map((component) => lockLine(draw, component, layout.width)),
        rule,
      ],
      layout.width,
    ),
    text: cut(text, layout.text.width),
    panes: panel
      ? []
      : shown.map((pane, index) =>
          paneLines(
            draw,
            pane,
            layout.panes[index] ?? { width: 10, height: 1 },
            isFocused(pane, panes, view.focus),
          ),
        ),
    panel: panel ? cut(windowedPanel(panel, layout.body.height), layout.width) : null,
    bottom: cut(
      [
        rule,
        ...stripLines({ draw, round, band, ways }, formWithin(form, layout.strip), layout.width),
        ...noticeWithin(draw, layout.width, layout.notice),
        footerLine(draw, layout.width),
      ],
      layout.width,
    ),
    heights: {
      log: Math.max(1, (layout.panes[0]?.height ?? 2) - 1),
      text: layout.text.words,
      textLines: words.length,
      textTop: top,
      panelMost: panel?.most ?? 0,
    },
  };
}

function cut(lines: readonly Line[], width: number): readonly Line[] {
  return lines.map((each) => cutLine(each, width));
}

function drawOf({ explain, ...subject }: Subject): Draw {
  const step = stepOf(subject);
  const started = subject.scene.run ? Date.parse(subject.scene.run.startedAt) : Number.NaN;
  const { scene, nowMs } = subject;
  return {
    ...subject,
    // Ages stand still once the run is over.
    nowMs: scene.ended !== null && subject.view.leaving === null ? scene.lastMs : nowMs,
    step,
    situation: situationOf({ ...subject, playback: subject.playback !== null }),
    startedMs: started,
    explanation: step ? explain(step.id) : null,
  };
}

/** The newest round, but in a lab only one of the step that is open. */
function roundInView({ scene, step, doing }: Draw): Round | null {
  const round = roundsOf(scene).at(-1);
  if (!round) return null;
  const fault = round.marks.find(({ name }) => name === 'faultIssued');
  return step && fault && fault.atMs < doing.enteredMs ? null : round;
}

function layoutOf(
  draw: Draw,
  want: {
    columns: number;
    rows: number;
    panes: number;
    strip: number;
    locks: number;
    step?: { doing: number; text: number };
  },
): Layout {
  const { scene, view, step } = draw;
  // Without a step there is no text to zoom.
  const overLogs = view.focus > 0 || step === null;
  const zoom = view.panel === 'logs' || (view.zoomed && overLogs) ? 'logs' : view.zoomed ? 'text' : null;
  return layoutFor({
    ...want,
    masters: Object.keys(scene.masters).length,
    step: step ? (want.step ?? { doing: 1, text: 1 }) : null,
    notice: noticeLines(draw, want.columns - 1).length,
    zoom,
    watching: step !== null && step.actions.length === 0 && step.logs !== null,
    wordy: draw.explanation !== null || (want.step?.doing ?? 0) > 8,
  });
}

/** Zoomed: only the pane that was chosen. */
function panesShown(panes: readonly Pane[], { view, step }: Draw): readonly Pane[] {
  const chosen = panes[Math.max(0, view.focus - 1)];
  const alone = view.zoomed && (view.focus > 0 || step === null);
  return alone && chosen ? [chosen] : panes;
}

/** As many panes as have room: the chosen one among them, else the leader's. */
function panesIn(panes: readonly Pane[], layout: Layout, { view, scene }: Draw): readonly Pane[] {
  const count = layout.panes.length;
  const leads = panes.findIndex(({ master, component }) => roleOf(scene, master, component) === 'leader');
  const wanted = view.focus > 0 ? view.focus : leads + 1;
  const first = Math.max(0, Math.min(wanted - count, panes.length - count));
  return panes.slice(first, first + count);
}

function isFocused(pane: Pane, panes: readonly Pane[], focus: number): boolean {
  return panes.length === 1 || panes.indexOf(pane) === focus - 1;
}

/** Where the text stands: as scrolled to; else what was just seen, once the step's commands were run to see it. */
function topOf(draw: Draw, width: number): number {
  const { step, view, explanation } = draw;
  const ran = step?.actions.some(
    (action) => !action.isFault && actionState(action, { ...draw, step }) === 'done',
  );
  return view.textTop[step?.id ?? ''] ?? (explanation !== null && ran ? seenFrom(draw, width) : 0);
}

function textPane(
  draw: Draw,
  layout: Layout,
  shown: readonly Line[],
  doing: readonly Line[],
): readonly Line[] {
  const { step } = draw;
  if (!step || layout.text.height === 0) return [];
  const filled = [...shown, ...Array.from({ length: layout.text.words - shown.length }, (): Line => [])];
  const dos = doing.slice(0, layout.text.doing);
  const gap: readonly Line[] = layout.text.gap > 0 ? [[]] : [];
  const rows = [...(layout.beside || layout.panes.length === 0 ? shown : filled), ...gap, ...dos];
  return rows.slice(0, layout.text.height).map((each) => [span(' '), ...each]);
}

function panelOf(draw: Draw, layout: Layout): PanelLines | null {
  const width = layout.width - 1;
  if (draw.view.leaving) return { lines: leavingLines(draw, width), at: 0, most: 0 };
  switch (draw.view.panel) {
    case 'help': {
      const lines = helpLines(draw, width);
      const most = Math.max(0, lines.length - layout.body.height);
      return { lines, at: Math.min(draw.view.cursor, most), most };
    }
    case 'commands':
      return commandPanel(draw, width);
    case 'steps':
      return stepPanel(draw);
    case 'timeline':
      return timelinePanel(draw, width);
    case null:
      return draw.opening ? { lines: openingLines(draw, width), at: 0, most: 0 } : null;
    case 'logs':
      return null;
  }
}

function windowedPanel({ lines, at, until = at, most }: PanelLines, height: number): readonly Line[] {
  const scrolls = most > 0 && at === most ? lines.length : at;
  // The lines above and below the window are spoken of in its first and its last.
  const middle = Math.max(0, scrolls - Math.floor(height / 2));
  const top = until > at ? Math.min(Math.max(middle, until + 2 - height), Math.max(0, at - 1)) : middle;
  return windowed(lines, top, height).map((each) => [span(' '), ...each]);
}

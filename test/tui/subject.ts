// What the screens draw, folded from observations up to a moment: for tests of whole screens.
import type { LabPlan } from '../../src/model/labplan.ts';
import type { Observation } from '../../src/model/observation.ts';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { compose, type Subject } from '../../src/tui/compose.ts';
import { nothingDone, seeDoing } from '../../src/tui/doing.ts';
import type { PlaybackState } from '../../src/tui/draw.ts';
import { Expectations } from '../../src/tui/expected.ts';
import { textOf } from '../../src/tui/line.ts';
import { LogBook } from '../../src/tui/logbook.ts';
import { bookKey, firstView, type View } from '../../src/tui/view.ts';
import { handover, plan } from './stream.ts';

export interface SubjectWish {
  readonly atMs: number;
  readonly columns?: number;
  readonly rows?: number;
  readonly view?: Partial<View>;
  readonly plan?: LabPlan | null;
  readonly observations?: readonly Observation[];
  readonly explanation?: string;
  readonly title?: string;
  readonly opening?: boolean;
  readonly calm?: boolean;
  readonly playback?: PlaybackState;
}

const expectations = new Expectations();

export function subjectAt(wish: SubjectWish): Subject {
  let scene = emptyScene;
  let doing = nothingDone;
  const books = new Map<string, LogBook>();
  for (const o of wish.observations ?? handover()) {
    if (o.atMs > wish.atMs) break;
    scene = seeScene(scene, o);
    doing = seeDoing(doing, o);
    if (o.kind !== 'log' || o.host === null) continue;
    const key = bookKey(o.host, o.component);
    const book = books.get(key) ?? new LogBook();
    books.set(key, book);
    book.add({ atMs: o.atMs, text: o.line, event: o.event });
  }
  return {
    ...{ scene, doing, expectations },
    view: { ...firstView, ...wish.view },
    plan: wish.plan === undefined ? plan : wish.plan,
    title: wish.title ?? 'HA masters',
    nowMs: wish.atMs,
    waitingFor: 'the masters',
    opening: wish.opening ?? false,
    calm: wish.calm ?? false,
    columns: wish.columns ?? 80,
    rows: wish.rows ?? 24,
    explain: () => wish.explanation ?? null,
    playback: wish.playback ?? null,
    book: (key) => books.get(key) ?? new LogBook(),
  };
}

/** The screen's lines under each other, panes apart, without Ink: for what is about content and size. */
export function composedText(wish: SubjectWish): string {
  const { top, text, panes, panel, bottom } = compose(subjectAt(wish));
  const parts = [top, panel ?? [], text, ...panes, bottom];
  return parts.map((lines) => lines.map(textOf).join('\n')).join('\n');
}

// Where everything goes: a pure function of the terminal's size and of what there is to show.

export interface Wants {
  readonly columns: number;
  readonly rows: number;
  readonly masters: number;
  readonly locks: number;
  readonly panes: number;
  /** Lines the step wants for guess, commands and checks; and for its text. Null: no step. */
  readonly step: { readonly doing: number; readonly text: number } | null;
  readonly strip: number;
  readonly notice: number;
  readonly zoom: 'text' | 'logs' | null;
  /** A step with nothing to run, but logs to look at. */
  readonly watching: boolean;
  /** There is more to read than usual (what happened, many commands): logs give room. */
  readonly wordy: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly fits: boolean;
  /** One column and one row less than the terminal: a full last column loses its last character when a line is
   * cleared to its end, and a full last row makes every frame clear the screen. */
  readonly width: number;
  readonly height: number;
  readonly masters: number;
  readonly locks: number;
  readonly body: Size;
  /** Text and logs beside each other, or logs under the text. */
  readonly beside: boolean;
  readonly text: Size & { readonly doing: number; readonly words: number; readonly gap: number };
  /** Sizes of the log panes, and whether they stand beside each other. */
  readonly panes: readonly Size[];
  readonly panesBeside: boolean;
  readonly strip: number;
  readonly notice: number;
}

export const smallest = { columns: 60, rows: 15 } as const;

export function layoutFor(wants: Wants): Layout {
  const width = wants.columns - 1;
  const height = wants.rows - 1;
  const fits = wants.columns >= smallest.columns && wants.rows >= smallest.rows;
  const masters = Math.min(Math.max(1, wants.masters), Math.max(1, Math.floor(height / 6)));
  const locks = Math.min(wants.locks, height < 20 ? 1 : wants.locks);
  // Header, rule above and rule below the body, footer.
  const fixed = 4 + masters + locks;
  // A problem is read before all else, and esc puts it away.
  const notice = Math.min(wants.notice, 6, Math.max(0, height - fixed - 4));
  const room = Math.max(0, height - fixed - notice - 5);
  // Whatever the strip has to say, it has a form of one line.
  const strip = wants.strip <= room ? wants.strip : Math.min(1, room);
  const body = { width, height: Math.max(1, height - fixed - notice - strip) };
  const split = divide(wants, body);
  return { fits, width, height, masters, locks, body, strip, notice, ...split };
}

function divide(wants: Wants, body: Size): Pick<Layout, 'beside' | 'text' | 'panes' | 'panesBeside'> {
  const none = { width: body.width, height: 0, doing: 0, words: 0, gap: 0 };
  // In a low window the commands to be run matter more than logs: those are a key away.
  const low =
    wants.step !== null && body.height < 9 && wants.zoom === null && wants.strip < 6 && !wants.watching;
  const shownPanes = wants.zoom === 'text' || low ? 0 : wants.panes;
  if (wants.step === null || wants.zoom === 'logs')
    return { beside: false, text: none, ...paneSizes(body, shownPanes) };
  if (shownPanes === 0)
    return { beside: false, text: within(body, wants.step), panes: [], panesBeside: false };
  if (body.width >= 100) {
    const textWidth = Math.min(90, Math.floor(body.width * 0.52));
    const logs = { width: body.width - textWidth - 1, height: body.height };
    return {
      beside: true,
      text: within({ width: textWidth, height: body.height }, wants.step),
      ...paneSizes(logs, shownPanes, 'stacked'),
    };
  }
  const wanted = wants.step.doing + wants.step.text + 1;
  const least = Math.min(wants.wordy ? 3 : 5, Math.floor(body.height / 2));
  const textHeight = Math.max(Math.min(wanted, body.height - least - 1), Math.floor(body.height / 2));
  const logs = { width: body.width, height: body.height - textHeight - 1 };
  // A title with no line under it tells nothing.
  if (logs.height < 2)
    return { beside: false, text: within(body, wants.step), panes: [], panesBeside: false };
  return {
    beside: false,
    text: within({ width: body.width, height: textHeight }, wants.step),
    ...paneSizes(logs, shownPanes),
  };
}

/** The doing block stays whole as long as a line of text remains. */
function within(size: Size, step: { readonly doing: number }) {
  const doing = Math.min(step.doing, Math.max(1, size.height - 1));
  const gap = doing > 0 && size.height > 7 ? 1 : 0;
  return { ...size, doing, gap, words: Math.max(0, size.height - doing - gap) };
}

function paneSizes(area: Size, count: number, how?: 'stacked'): Pick<Layout, 'panes' | 'panesBeside'> {
  if (count === 0) return { panes: [], panesBeside: false };
  const besides = how !== 'stacked' && area.width / count >= 36;
  if (besides) {
    const width = Math.floor((area.width - (count - 1)) / count);
    return {
      panes: Array.from({ length: count }, () => ({ width, height: area.height })),
      panesBeside: true,
    };
  }
  const fitting = Math.max(1, Math.min(count, Math.floor(area.height / 3)));
  const height = Math.floor((area.height - (fitting - 1)) / fitting);
  const spare = area.height - (fitting - 1) - height * fitting;
  const panes = Array.from({ length: fitting }, (_, index) => ({
    width: area.width,
    height: height + (index === fitting - 1 ? spare : 0),
  }));
  return { panes, panesBeside: false };
}

// The terminal of each recording, to be played: packed casts that wait for the player, and a still for paper and for readers.
import { gzipSync } from 'node:zlib';
import { Markup, markup } from '../markup.ts';

export interface FilmTold {
  /** What its recording goes by. */
  readonly name: string;
  readonly title: string;
  /** An asciicast, version 3. */
  readonly cast: string;
  readonly lengthMs: number;
  /** The moment shown before it plays, milliseconds from its beginning. */
  readonly posterMs: number;
  /** The lines on the screen at that moment. */
  readonly still: readonly string[];
}

export interface Films {
  /** asciinema-player, as its package has it. */
  readonly player: { readonly script: string; readonly style: string };
  readonly told: readonly FilmTold[];
  /** How many recordings have no film here. */
  readonly leftOut: number;
}

export function filmSection({ told, leftOut }: Films): Markup {
  const rest = leftOut === 1 ? 'One recording is' : `${leftOut} recordings are`;
  return markup`<section id="films"><h2>The terminal, played</h2>
<p class="note">As the screens showed it. With the player in focus: space plays and pauses, the arrows go by five seconds, [ and ] from mark to mark, ? shows all keys.</p>
${told.map((film, index) => filmFigure(film, index + 1))}${leftOut > 0 && markup`<p class="note">${rest} not filmed here, or the page would be too long in coming: kha-lab replay plays any.</p>`}</section>
`;
}

/** The first is open; others are unpacked once somebody opens them. */
function filmFigure({ name, title, cast, lengthMs, posterMs, still }: FilmTold, number: number): Markup {
  // Base64 has no sign that means anything in HTML.
  const packed = new Markup(gzipSync(cast, { level: 9 }).toString('base64'));
  const words = `${name}: ${title}, ${clockOf(lengthMs)}`;
  return markup`<details class="film"${number === 1 && markup` open`}><summary>${words}</summary>
<div class="player" role="group" aria-label="Player: ${words}" data-cast="cast-${number}" data-poster="${posterMs / 1000}"></div>
<script type="text/plain" id="cast-${number}">${packed}</script>
<details class="still"><summary>The screen at ${clockOf(posterMs)}, as text</summary><div class="scroll" role="region" tabindex="0" aria-label="Screen: ${words}"><pre>${still.map((row) => markup`${row}\n`)}</pre></div></details></details>
`;
}

/** `01:11`, as the player shows it. */
function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

// What pages share: nothing is loaded from anywhere, and the policy says so; only a page's own scripts and styles are let in, by hash.
import { createHash } from 'node:crypto';
import type { ReportVerdict } from '../model/reportverdict.ts';
import { filmScript, filmStyle } from './filmscript.ts';
import { Markup, markup } from './markup.ts';
import { pageStyle } from './pagestyle.ts';
import { script } from './script.ts';
import type { Films } from './sections/films.ts';

export interface PageParts {
  /** Before the verdict in the window's title. */
  readonly title: string;
  readonly verdict: ReportVerdict;
  /** One sentence under the verdict. */
  readonly note: string;
  readonly main: Markup;
  /** Who made it and of what, after "Made by". */
  readonly tool: string;
  /** Null where no terminal is played. */
  readonly player: Films['player'] | null;
}

/** A whole HTML file. */
export function pageOf({ title, verdict, note, main, tool, player }: PageParts): string {
  const styles = [pageStyle, ...(player ? [player.style, filmStyle] : [])];
  const scripts = [script, ...(player ? [player.script, filmScript] : [])];
  return `<!doctype html>
${
  markup`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policyOf(styles, scripts, { terminal: player !== null })}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title}: ${verdict.verdict}: ${verdict.why}</title>${styles.map((text) => markup`<style>${new Markup(text)}</style>`)}</head>
<body><header><h1><span class="verdict ${verdict.verdict}">${verdict.verdict.toUpperCase()}</span>${verdict.why}</h1>
<p class="note">${note}</p></header>
<main>
${main}
</main><footer><p>Made by ${tool}. This file loads nothing and sends nothing.${player && ' Terminals are played by asciinema-player (Apache-2.0).'}</p></footer>
${scripts.map((text) => markup`<script>${new Markup(text)}</script>`)}</body></html>`.text
}
`;
}

/** Nothing but these; the player's terminal is WebAssembly, carried in its script, and needs a word of its own. */
function policyOf(
  styles: readonly string[],
  scripts: readonly string[],
  { terminal }: { readonly terminal: boolean },
): string {
  const hashes = (texts: readonly string[]) =>
    texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
  return `default-src 'none'; style-src ${hashes(styles)}; script-src ${hashes(scripts)}${terminal ? " 'wasm-unsafe-eval'" : ''}; base-uri 'none'; form-action 'none'`;
}

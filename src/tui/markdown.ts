// The little Markdown that steps are written in: paragraphs, lists, headings, code blocks, `code`, **strong**.
import { harmless, type Line, line, type Span, span } from './line.ts';
import { wrapLine } from './wrap.ts';

/** Wrapped lines of a Markdown text. */
export function markdownLines(text: string, width: number): readonly Line[] {
  const lines: Line[] = [];
  for (const block of blocks(text)) {
    if (lines.length > 0 && !(block.sort === 'item' && block.tight)) lines.push([]);
    lines.push(...drawn(block, width));
  }
  return lines;
}

type Block =
  | { readonly sort: 'paragraph' | 'heading'; readonly text: string }
  | { readonly sort: 'item'; readonly text: string; readonly bullet: string; readonly tight: boolean }
  | { readonly sort: 'code'; readonly rows: readonly string[] };

function drawn(block: Block, width: number): readonly Line[] {
  switch (block.sort) {
    case 'paragraph':
      return wrapLine(spansOf(block.text), width);
    case 'heading':
      return wrapLine([span(harmless(block.text), 'title')], width);
    case 'item':
      return wrapLine(spansOf(block.text), width, `${block.bullet} `, ' '.repeat(block.bullet.length + 1));
    case 'code':
      return block.rows.map((row) => line('  ', span(harmless(row), 'code')));
  }
}

function blocks(text: string): readonly Block[] {
  const found: Block[] = [];
  let paragraph: string[] = [];
  let code: string[] | null = null;
  let item: { bullet: string; rows: string[] } | null = null;
  const end = () => {
    if (paragraph.length > 0) found.push({ sort: 'paragraph', text: paragraph.join(' ') });
    paragraph = [];
    if (item) {
      const tight = found.at(-1)?.sort === 'item';
      found.push({ sort: 'item', bullet: item.bullet, text: item.rows.join(' '), tight });
    }
    item = null;
  };
  for (const row of text.split('\n')) {
    if (row.trim().startsWith('```')) {
      end();
      if (code) found.push({ sort: 'code', rows: code });
      code = code ? null : [];
      continue;
    }
    if (code) {
      code.push(row);
      continue;
    }
    const bullet = /^\s*([-*]|\d+[.)])\s+(.*)$/.exec(row);
    const heading = /^#{1,6}\s+(.*)$/.exec(row);
    if (row.trim() === '') end();
    else if (heading) {
      end();
      found.push({ sort: 'heading', text: heading[1] ?? '' });
    } else if (bullet) {
      end();
      const mark = bullet[1] ?? '-';
      item = { bullet: mark === '-' || mark === '*' ? '•' : mark, rows: [bullet[2] ?? ''] };
    } else if (item) item.rows.push(row.trim());
    else paragraph.push(row.trim());
  }
  end();
  if (code) found.push({ sort: 'code', rows: code });
  return found;
}

function spansOf(text: string): readonly Span[] {
  return harmless(text)
    .split(/(`[^`]+`|\*\*[^*]+\*\*|(?<![\w*])\*[^*\s][^*]*\*(?![\w*]))/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part.startsWith('`') && part.length > 2) return span(part.slice(1, -1), 'code');
      if (part.startsWith('**') && part.length > 4) return span(part.slice(2, -2), 'strong');
      if (part.startsWith('*') && part.length > 2) return span(part.slice(1, -1), 'strong');
      return span(part);
    });
}

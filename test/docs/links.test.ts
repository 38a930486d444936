// Every link from one page to another leads somewhere, also to the heading it names. The web is not asked.
import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { pages, root, textOf } from './pages.ts';

/** Targets of links and pictures, outside code. */
function targets(text: string): readonly string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map(([, target = '']) => target);
  const html = [...prose.matchAll(/\b(?:href|src|srcset)="([^"]+)"/g)].map(([, target = '']) => target);
  return [...inline, ...html];
}

/** The anchors of a page's headings, as they are made where repositories are shown. */
function anchors(text: string): readonly string[] {
  const seen = new Map<string, number>();
  const headings = text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#{1,6} (.+)$/gm);
  return [...headings].map(([, title = '']) => {
    const slug = title
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
}

function broken(page: string, text: string): readonly string[] {
  return targets(text)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : relative(root, join(root, dirname(page), path));
      if (file.startsWith('..') || !existsSync(join(root, file))) return true;
      if (anchor === undefined) return false;
      return (
        statSync(join(root, file)).isDirectory() ||
        !anchors(path === '' ? text : textOf(file)).includes(anchor)
      );
    });
}

it.each(pages())('%s', (page) => expect(broken(page, textOf(page))).toEqual([]));

it('finds what is broken', () => {
  const text =
    '# A b, `c`\n\n[x](nope.md) [y](#a-b-c) [z](#a-c) ![p](docs) [w](README.md#nope) `[not](this)`\n';
  expect(broken('README.md', text)).toEqual(['nope.md', '#a-c', 'README.md#nope']);
});

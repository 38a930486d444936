// Places in bundled libraries that cost every start or every frame and need not: cut out while bundling, results unchanged.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';

/**
 * Characters that are one cell wide and never part of a longer cluster: all text but what a host or a person writes in
 * other scripts. For it no segmenter is needed, which takes 40 ms to make, and no table of emoji, which takes 80 ms.
 */
export const narrow =
  '\\u0020-\\u007E\\u00A1-\\u00AC\\u00AE-\\u02FF\\u2010-\\u2027\\u2030-\\u203B\\u2190-\\u2193\\u2500-\\u25FC\\u2605\\u2713\\u2717';

const patches = [
  {
    // Its WebAssembly lies in its own text; looking at it with fetch first loads all of Node's HTTP client.
    file: /yoga-wasm-base64-esm\.js$/,
    replace: [['', 'const fetch = undefined;\n']],
  },
  {
    file: /\/string-width\/index\.js$/,
    replace: [
      ['const segmenter = new Intl.Segmenter()', 'let segmenter'],
      ['of segmenter.segment(', 'of (segmenter ??= new Intl.Segmenter()).segment('],
      ['const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v', 'let rgiEmojiRegex'],
      ['rgiEmojiRegex.test(', "(rgiEmojiRegex ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test("],
      ['/^[\\u0020-\\u007E]*$/', `/^[${narrow}]*$/`],
    ],
  },
  {
    file: /\/slice-ansi\/tokenize-ansi\.js$/,
    replace: [
      [
        'const GRAPHEME_SEGMENTER = new Intl.Segmenter',
        'let made; const segmenter = () => made ??= new Intl.Segmenter',
      ],
      ['GRAPHEME_SEGMENTER.segment(', 'segmenter().segment('],
      ['GRAPHEME_SEGMENTER.segment(', 'segmenter().segment('],
      ['GRAPHEME_SEGMENTER.segment(', 'segmenter().segment('],
    ],
  },
  {
    file: /\/ansi-tokenize\/build\/tokenize\.js$/,
    replace: [
      [
        'const segmenter = new Intl.Segmenter',
        'let made; const segmenter = () => made ??= new Intl.Segmenter',
      ],
      ['of segmenter.segment(str)', 'of segmentsOf(str)'],
      [
        '',
        `const narrow = /^[\\x1b${narrow}]*$/;
const segmentsOf = (text) =>
  narrow.test(text) ? Array.from(text, (segment, index) => ({ segment, index })) : segmenter().segment(text);
`,
      ],
    ],
  },
  {
    // Four sets were made for each character of each frame, also where one has the style of the one before.
    file: /\/ansi-tokenize\/build\/styledChars\.js$/,
    replace: [
      [
        'ret += ansiCodesToString(diffAnsiCodes(chars[i - 1].styles, char.styles))',
        'if (!sameStyles(chars[i - 1].styles, char.styles)) ret += ansiCodesToString(diffAnsiCodes(chars[i - 1].styles, char.styles))',
      ],
      [
        '',
        'const sameStyles = (a, b) => a.length === b.length && a.every((code, at) => code.code === b[at].code);\n',
      ],
    ],
  },
];

/** The text with the first `from` replaced; an empty one is the beginning. Throws when a newer version has no such place. */
function patched(text, { path, from, to }) {
  if (!text.includes(from)) throw new Error(`patches.mjs: ${path} no longer has: ${from}`);
  return text.replace(from, () => to);
}

/** By far the largest parts of the first frame: names in there help nobody, and half the text is half the parsing. */
const renamed = /\/(react-reconciler|react|scheduler|yoga-layout)\/.*\.js$/;

export function librariesPatched(root) {
  return {
    name: 'libraries-patched',
    setup(plugin) {
      // One string-width for all: an older copy in wrap-ansi makes a segmenter of its own.
      plugin.onResolve({ filter: /^string-width$/ }, () => ({
        path: join(root, 'node_modules/string-width/index.js'),
      }));
      const filter = new RegExp(
        [renamed, ...patches.map(({ file }) => file)].map(({ source }) => source).join('|'),
      );
      plugin.onLoad({ filter }, async ({ path }) => {
        const replace = patches.flatMap(({ file, replace }) => (file.test(path) ? replace : []));
        const text = replace.reduce(
          (before, [from, to]) => patched(before, { path, from, to }),
          await readFile(path, 'utf8'),
        );
        const define = { 'process.env.NODE_ENV': '"production"' };
        return {
          contents: renamed.test(path) ? (await transform(text, { minify: true, define })).code : text,
        };
      });
    },
  };
}

// Completion for PowerShell, held to PowerShell's grammar: it parses whole, its tables are those of the commands, and no name in it is misspelt.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { powershellCompletion } from '../../src/commands/completion/powershell.ts';
import { completionTable, type Place, valuesByFlag } from '../../src/commands/completion/table.ts';
import { createProgram } from '../../src/commands/program.ts';

// A CommonJS module, whose names only `require` finds.
const require = createRequire(import.meta.url);
const { Parser, Language }: typeof import('@vscode/tree-sitter-wasm') = require('@vscode/tree-sitter-wasm');
type Node = import('@vscode/tree-sitter-wasm').Node;

const table = completionTable(
  createProgram(() => {}),
  { labs: ['ha-masters', "leader's"], topics: ['exit-codes'] },
);
let parse: (script: string) => Node;

beforeAll(async () => {
  await Parser.init();
  const folder = dirname(require.resolve('@vscode/tree-sitter-wasm'));
  const language = await Language.load(join(folder, 'tree-sitter-powershell.wasm'));
  const parser = new Parser();
  parser.setLanguage(language);
  parse = (script) => {
    const tree = parser.parse(script);
    if (!tree) throw new Error('nothing was parsed');
    return tree.rootNode;
  };
});

const all = (node: Node, type: string): readonly Node[] =>
  node.descendantsOfType(type).filter((one) => one !== null);

/** Of `'it''s'`, what PowerShell makes of it. */
const stringsIn = (node: Node) =>
  all(node, 'string_literal').map(({ text }) => text.slice(1, -1).replaceAll("''", "'"));

/** What is assigned to a variable of that name. */
function assigned(root: Node, name: string): Node {
  const found = all(root, 'assignment_expression').find(({ text }) => text.startsWith(`${name} =`));
  if (!found) throw new Error(`nothing is assigned to ${name}`);
  return found;
}

/** A hash table's own entries, key and value. */
function entriesOf(node: Node): readonly (readonly [string, Node])[] {
  const [body] = all(node, 'hash_literal_body');
  return (body?.namedChildren ?? []).flatMap((entry) => {
    const [key, value] = entry?.namedChildren ?? [];
    if (!key || !value) return [];
    return [[stringsIn(key)[0] ?? key.text, value] as const];
  });
}

describe('the script', () => {
  it('parses whole, whatever is in its words', () => {
    expect(parse(powershellCompletion(table)).hasError).toBe(false);
    const [first] = table;
    const signs = ["'", '$(x)', '`', '"', '#'];
    const odd: readonly Place[] = first
      ? [{ ...first, argument: { sort: 'words', words: signs }, commands: [] }]
      : [];
    const root = parse(powershellCompletion(odd));
    expect(root.hasError).toBe(false);
    const [[, place] = []] = entriesOf(assigned(root, '$places'));
    expect(place && stringsIn(place).slice(0, 5)).toEqual(signs);
  });

  it('would not with a sign too few', () => {
    const script = powershellCompletion(table);
    for (const sign of ['}', ')', '{', "@('json'", '].Flags', ' -like ']) {
      const at = script.lastIndexOf(sign);
      expect([sign, at > 0, parse(script.slice(0, at) + script.slice(at + sign.length)).hasError]).toEqual([
        sign,
        true,
        true,
      ]);
    }
  });

  it('has the commands, words, flags and values of the command table', () => {
    const root = parse(powershellCompletion(table));
    const places = entriesOf(assigned(root, '$places')).map(([path, place]) => {
      const { Words = [], Flags = [] } = Object.fromEntries(
        entriesOf(place).map(([key, value]) => [key, stringsIn(value)]),
      );
      return { path, words: Words, flags: Flags };
    });
    expect(places).toEqual(
      table.map(({ path, commands, flags, argument }) => ({
        path,
        words:
          commands.length > 0 ? commands.map(({ name }) => name) : 'words' in argument ? argument.words : [],
        flags: flags.flatMap(({ long, short }) => [long, ...(short === null ? [] : [`-${short}`])]),
      })),
    );
    const values = entriesOf(assigned(root, '$values')).map(([flag, value]) => [flag, stringsIn(value)]);
    expect(values).toEqual(
      valuesByFlag(table).flatMap(([flags, value]) =>
        flags.map((flag) => [flag, 'words' in value ? value.words : []]),
      ),
    );
    expect(values).toContainEqual(['failover --fault', expect.arrayContaining(['zombie'])]);
  });

  it('reads no variable that it did not set, and calls nothing but what PowerShell brings', () => {
    const root = parse(powershellCompletion(table));
    const set = [
      ...all(root, 'script_parameter'),
      ...all(root, 'left_assignment_expression'),
      ...all(root, 'foreach_statement').flatMap((one) => one.namedChildren.slice(0, 1)),
    ].flatMap((one) => (one ? [one.text.replace(/^.*(?=\$)/, '')] : []));
    const read = new Set(all(root, 'variable').map(({ text }) => text));
    expect([...read].filter((name) => name !== '$_' && !set.includes(name))).toEqual([]);
    expect(set.filter((name) => !read.has(name))).toEqual([]);
    const called = new Set(all(root, 'command_name').map(({ text }) => text));
    // ForEach-Object is a word of the grammar itself.
    expect([...called].toSorted()).toEqual(['Register-ArgumentCompleter', 'Select-Object', 'Where-Object']);
  });
});

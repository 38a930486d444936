// A unit as text: sections in order, one flag a line.
import type { UnitFile } from './plan.ts';

export interface UnitFacts {
  readonly name: string;
  readonly description: string;
  readonly documentation?: string;
  readonly after?: string;
  readonly requires?: string;
  /** The program's path, and its flags in order. */
  readonly program: string;
  readonly flags: readonly string[];
  /** Further lines of [Service]: `Type=notify`. */
  readonly service: readonly string[];
}

export function renderUnit(facts: UnitFacts): UnitFile {
  const unit = [
    `Description=${facts.description}`,
    ...(facts.documentation ? [`Documentation=${facts.documentation}`] : []),
    ...(facts.after ? [`After=${facts.after}`] : []),
    ...(facts.requires ? [`Requires=${facts.requires}`] : []),
  ];
  const command = [facts.program, ...facts.flags.map((flag) => `  ${quoteUnitWord(flag)}`)].join(' \\\n');
  const service = [`ExecStart=${command}`, ...facts.service];
  const text = [
    ['[Unit]', ...unit],
    ['[Service]', ...service],
    ['[Install]', 'WantedBy=multi-user.target'],
  ]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
  return { name: facts.name, text };
}

/** As systemd reads a word back: quoted where it has blanks, `%` and `$` doubled. */
export function quoteUnitWord(word: string): string {
  const plain = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return /^$|[\s;#"'\\]/.test(plain) ? `"${plain.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"` : plain;
}

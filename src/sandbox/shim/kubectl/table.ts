// A Table from the API server as kubectl prints it: columns as wide as their widest cell, three blanks between.

interface Table {
  readonly columnDefinitions: readonly { readonly name: string; readonly priority?: number }[];
  readonly rows: readonly {
    readonly cells: readonly unknown[];
    readonly object?: { readonly metadata?: { readonly namespace?: string } };
  }[];
}

export function printTable(
  table: Table,
  wish: { readonly wide: boolean; readonly headers: boolean; readonly namespaces: boolean },
): string {
  const shown = table.columnDefinitions.flatMap(({ priority = 0 }, at) =>
    wish.wide || priority === 0 ? [at] : [],
  );
  const lines = table.rows.map(({ cells, object }) => [
    ...(wish.namespaces ? [object?.metadata?.namespace ?? ''] : []),
    ...shown.map((at) => `${cells[at] ?? '<none>'}`),
  ]);
  if (wish.headers)
    lines.unshift([
      ...(wish.namespaces ? ['NAMESPACE'] : []),
      ...shown.map((at) => (table.columnDefinitions[at]?.name ?? '').toUpperCase()),
    ]);
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('   ')
          .trimEnd()}\n`,
    )
    .join('');
}

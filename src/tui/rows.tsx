// Lines on screen: every row is cut already, so Ink only places them. Children are positional, hence no keys.
import { Box, Text } from 'ink';
import { createElement, memo } from 'react';
import type { Line } from './line.ts';
import type { Theme } from './theme.ts';

interface RowProps {
  readonly row: Line;
  readonly theme: Theme;
}

const Row = memo(function Row({ row, theme }: RowProps) {
  if (row.length === 0) return <Text> </Text>;
  const pieces = row.map(({ text, tone }) => createElement(Text, theme.looks[tone], theme.spell(text)));
  return createElement(Text, null, ...pieces);
});

export interface RowsProps {
  readonly lines: readonly Line[];
  readonly theme: Theme;
  readonly width: number;
  readonly height: number;
}

export function Rows({ lines, theme, width, height }: RowsProps) {
  const rows = Array.from({ length: height }, (_, index) =>
    createElement(Row, { row: lines[index] ?? [], theme }),
  );
  return createElement(Box, { flexDirection: 'column', width, height, flexShrink: 0 }, ...rows);
}

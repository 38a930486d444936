// The screen's frame: regions of a composition placed by Ink. Nothing is clipped, as lines and heights are exact already:
// clipping would cut every line of every frame once more.
import { Box } from 'ink';
import { createElement, type ReactNode } from 'react';
import type { Composition } from './compose.ts';
import { compose, type Subject } from './compose.ts';
import { type Line, line, span } from './line.ts';
import { Rows } from './rows.tsx';
import type { Theme } from './theme.ts';
import { tooSmallLines } from './toosmall.ts';

export interface ScreenProps {
  readonly subject: Subject;
  readonly theme: Theme;
}

export function Screen({ subject, theme }: ScreenProps) {
  const { columns, rows } = subject;
  const composition = compose(subject);
  const { layout, top, bottom } = composition;
  if (!layout.fits) {
    return (
      <Rows
        lines={tooSmallLines(columns, rows)}
        theme={theme}
        width={columns - 1}
        height={Math.max(1, rows - 1)}
      />
    );
  }
  const { width, height } = layout;
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Rows lines={top} theme={theme} width={width} height={top.length} />
      <Body composition={composition} theme={theme} />
      <Rows lines={bottom} theme={theme} width={width} height={bottom.length} />
    </Box>
  );
}

function Body({ composition, theme }: { composition: Composition; theme: Theme }) {
  const { layout, text, panes, panel, top, bottom } = composition;
  const { width } = layout;
  const height = layout.height - top.length - bottom.length;
  if (panel) return <Rows lines={panel} theme={theme} width={width} height={height} />;
  const logs = <Panes composition={composition} theme={theme} />;
  if (layout.text.height === 0) return <Box height={height}>{logs}</Box>;
  const words = (
    <Rows
      lines={text}
      theme={theme}
      width={layout.text.width}
      height={layout.beside ? height : layout.text.height}
    />
  );
  if (panes.length === 0) return <Box height={height}>{words}</Box>;
  return (
    <Box flexDirection={layout.beside ? 'row' : 'column'} width={width} height={height}>
      {words}
      {layout.beside ? <Divider height={height} theme={theme} /> : <Rule width={width} theme={theme} />}
      {logs}
    </Box>
  );
}

function Panes({ composition, theme }: { composition: Composition; theme: Theme }) {
  const { layout, panes } = composition;
  const beside = layout.panesBeside;
  const placed: ReactNode[] = [];
  for (const [index, lines] of panes.entries()) {
    const { width, height } = layout.panes[index] ?? { width: 1, height: 1 };
    if (index > 0) placed.push(createElement(beside ? Divider : Rule, { width, height, theme }));
    placed.push(createElement(Rows, { lines, theme, width, height }));
  }
  return createElement(Box, { flexDirection: beside ? 'row' : 'column' }, ...placed);
}

interface BetweenProps {
  readonly width?: number;
  readonly height?: number;
  readonly theme: Theme;
}

function Divider({ height = 1, theme }: BetweenProps) {
  const lines: readonly Line[] = Array.from({ length: height }, () => line(span('│', 'rule')));
  return <Rows lines={lines} theme={theme} width={1} height={height} />;
}

function Rule({ width = 1, theme }: BetweenProps) {
  return <Rows lines={[line(span('─'.repeat(width), 'rule'))]} theme={theme} width={width} height={1} />;
}

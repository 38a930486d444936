// OpenMetrics 1.0 text, and the older Prometheus text format that node_exporter's textfile collector reads.
import { type Family, familiesOf, type Sample } from './metrics.ts';
import type { PublishedRun } from './published.ts';

export function toOpenMetrics(runs: readonly PublishedRun[]): string {
  const families = familiesOf(runs).map((family) => [
    `# TYPE ${family.name} gauge`,
    ...(family.unit === null ? [] : [`# UNIT ${family.name} ${family.unit}`]),
    `# HELP ${family.name} ${escapedHelp(family.help)}`,
    ...samplesOf(family),
  ]);
  return `${[...families.flat(), '# EOF'].join('\n')}\n`;
}

export function toPrometheusTextfile(runs: readonly PublishedRun[]): string {
  const families = familiesOf(runs).map((family) => [
    `# HELP ${family.name} ${escapedHelp(family.help)}`,
    `# TYPE ${family.name} gauge`,
    ...samplesOf(family),
  ]);
  return families
    .flat()
    .map((line) => `${line}\n`)
    .join('');
}

function samplesOf({ name, samples }: Family): readonly string[] {
  return samples.map(({ labels, value }: Sample) => {
    const written = Object.entries(labels).map(([key, text]) => `${key}="${escapedLabel(text)}"`);
    return `${name}{${written.join(',')}} ${value}`;
  });
}

function escapedHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapedLabel(text: string): string {
  return escapedHelp(text).replaceAll('"', '\\"');
}

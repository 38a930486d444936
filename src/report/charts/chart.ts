// A picture of a report: drawn at any width, with words for who cannot see it and the numbers behind it.
import { type Markup, markup } from '../markup.ts';
import { chartStyle } from './style.ts';

export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly body: Markup;
}

export interface Chart {
  /** Unique within a report; a file's name, too. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences on what it shows. */
  readonly description: string;
  draw(width: number): Drawn;
  /** The numbers of the picture as a table. */
  readonly table: Markup;
}

export const widths = { wide: 900, narrow: 330 } as const;

/** As part of a page, whose style it shares. */
export function inlineSvg(chart: Chart, form: keyof typeof widths): Markup {
  const { width, height, body } = chart.draw(widths[form]);
  return markup`<svg class="chart ${form}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${chart.title}. ${chart.description}">${body}</svg>`;
}

/** A file of its own: its style within, nothing loaded. */
export function svgFile(chart: Chart): string {
  const { width, height, body } = chart.draw(widths.wide);
  return markup`<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img"><title>${chart.title}</title><desc>${chart.description}</desc><style>${chartStyle}</style><rect class="paper" width="${width}" height="${height}"/>${body}</svg>\n`
    .text;
}

/** Pictures that belong together as one file, under one another, each under its title. Not for an empty list. */
export function svgSheet(charts: readonly Chart[], title: string): string {
  const width = widths.wide;
  let y = 0;
  const drawn = charts.map((chart) => {
    const { height, body } = chart.draw(width);
    const part = markup`<text class="title" x="12" y="${y + 26}">${chart.title}</text><g transform="translate(0 ${y + 40})"><desc>${chart.description}</desc>${body}</g>`;
    y += height + 56;
    return part;
  });
  return markup`<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" role="img"><title>${title}</title><desc>${charts.map(({ description }) => `${description} `)}</desc><style>${chartStyle}</style><rect class="paper" width="${width}" height="${y}"/>${drawn}</svg>\n`
    .text;
}

/** In both widths, of which the page shows one, and with its numbers. */
export function figure(chart: Chart): Markup {
  return markup`<figure id="${chart.id}"><figcaption>${chart.title}</figcaption>
${inlineSvg(chart, 'wide')}${inlineSvg(chart, 'narrow')}
<p class="note">${chart.description}</p>
<details><summary>Numbers of this picture</summary><div class="scroll" role="region" tabindex="0" aria-label="Numbers: ${chart.title}">${chart.table}</div></details></figure>
`;
}

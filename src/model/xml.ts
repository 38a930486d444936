// XML elements from values: escaped, and without the characters that no XML may hold.

/** An element with its children, each on a line of its own and indented. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[] = [],
): string {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  if (children.length === 0) return `<${name}${head.join('')}/>`;
  const inner = children.join('\n').replaceAll(/^/gm, '  ');
  return `<${name}${head.join('')}>\n${inner}\n</${name}>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

/** Control characters and halves of pairs are no XML at all: what hosts say may hold some. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"\n]/g, (char) => entities[char] ?? char)
    .replaceAll(/[\u0000-\u001f\ufffe\uffff]|\p{Cs}/gu, '\ufffd');
}

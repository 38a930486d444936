// What etcdctl prints of a key, made readable: up to 1.5 and in the sandbox a value is JSON, on other clusters protobuf.

/** How Kubernetes marks a value it stores in protobuf. */
const mark = 'k8s\0';
const shortest = 3;

/**
 * The text as it is, or, from a protobuf value on, its words alone, separated by blanks. Such a value comes through a text
 * channel, which keeps its words and spoils its numbers: it cannot be decoded any more, but it can be read.
 */
export function readableStored(text: string): string {
  const at = text.indexOf(mark);
  if (at < 0) return text;
  const words = text
    .slice(at)
    .split(/[\p{Cc}\ufffd]+/u)
    .map(withoutLength)
    .filter((word) => word.length >= shortest);
  return `${text.slice(0, at)}${words.join(' ')}\n`;
}

/** A word's tag and length stand before it, and from 32 on are themselves characters that can be printed. */
function withoutLength(word: string): string {
  const before = [1, 2].find((count) => word.charCodeAt(count - 1) === word.length - count);
  return before === undefined ? word : word.slice(before);
}

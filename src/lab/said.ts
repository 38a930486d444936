// What a log line says, without the header of whoever wrote it: shown the way that version spells it.

const klogHeader = /^.*?\b[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d+ +\d+ [^\]]*\] /;
const cutHeader = /^.{0,60}?[\w.]+\.go:\d+\] /;

/** The message of a klog line, text or structured, cut to `width` columns. */
export function messageOf(line: string, width = 56): string {
  const message = line.replace(klogHeader, '').replace(cutHeader, '').replaceAll('`', "'").trim();
  return message.length > width ? `${message.slice(0, width - 1)}…` : message;
}

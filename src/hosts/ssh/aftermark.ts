// A stream from its mark on: what a login's start-up files print before the command is not the command's.
import { PassThrough, type Readable } from 'node:stream';

/** Without a mark within so many bytes, all of it is passed on. */
const longestNoise = 64 * 1024;

/** Everything after the line that begins with `mark`; `found` gets the rest of that line. */
export function afterMark(source: Readable, mark: string, found: (rest: string) => void): PassThrough {
  const rest = new PassThrough();
  const begin = Buffer.from(mark);
  let head: Buffer | null = Buffer.alloc(0);
  const pass = (chunk: Buffer) => {
    if (chunk.length === 0 || rest.writableEnded || rest.write(chunk)) return;
    source.pause();
    rest.once('drain', () => source.resume());
  };
  source.on('data', (chunk: Buffer) => {
    if (head === null) return pass(chunk);
    head = Buffer.concat([head, chunk]);
    const at = head.indexOf(begin);
    const lineEnd = at < 0 ? -1 : head.indexOf(0x0a, at);
    if (lineEnd < 0 && head.length < longestNoise) return;
    const text = head;
    head = null;
    if (lineEnd >= 0)
      found(
        text
          .subarray(at + begin.length, lineEnd)
          .toString('latin1')
          .trim(),
      );
    pass(lineEnd < 0 ? text : text.subarray(lineEnd + 1));
  });
  source.once('end', () => {
    if (head !== null) pass(head);
    head = null;
    if (!rest.writableEnded) rest.end();
  });
  return rest;
}

// How a tool on a master talks with the supervisor: a request of length-prefixed words, an answer of framed output.

// Request: the number of words, each word, then standard input; every length is four bytes, most significant first.
// Answer: frames of a kind (1 standard output, 2 standard error, 0 the end), a length and so many bytes; the end's are
// the exit code in decimal.

export const endFrame = 0;
export const outFrame = 1;
export const errFrame = 2;

export interface Request {
  readonly words: readonly string[];
  readonly stdin: string;
}

export function encodeRequest(request: Request): Buffer {
  const parts = [uint32(request.words.length)];
  for (const word of [...request.words, request.stdin]) {
    const bytes = Buffer.from(word, 'utf8');
    parts.push(uint32(bytes.length), bytes);
  }
  return Buffer.concat(parts);
}

/** Null while bytes are still missing. */
export function decodeRequest(bytes: Buffer): Request | null {
  if (bytes.length < 4) return null;
  const count = bytes.readUInt32BE(0);
  const words: string[] = [];
  let at = 4;
  while (words.length <= count) {
    if (bytes.length < at + 4) return null;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (bytes.length < end) return null;
    words.push(bytes.toString('utf8', at + 4, end));
    at = end;
  }
  return { words: words.slice(0, count), stdin: words[count] ?? '' };
}

export function encodeFrame(kind: number, text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from([kind]), uint32(bytes.length), bytes]);
}

export interface Frame {
  readonly kind: number;
  readonly bytes: Buffer;
}

/** The whole frames at the beginning of `bytes`, and what is left over. */
export function decodeFrames(bytes: Buffer): { readonly frames: readonly Frame[]; readonly rest: Buffer } {
  const frames: Frame[] = [];
  let at = 0;
  while (bytes.length >= at + 5) {
    const end = at + 5 + bytes.readUInt32BE(at + 1);
    if (bytes.length < end) break;
    frames.push({ kind: bytes.readUInt8(at), bytes: bytes.subarray(at + 5, end) });
    at = end;
  }
  return { frames, rest: bytes.subarray(at) };
}

/** Standard input is read only when a word asks for it, as `-f -` does: else a tool would eat its caller's input. */
export function readsStdin(words: readonly string[]): boolean {
  return words.some((word) => word === '-' || word.endsWith('=-'));
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

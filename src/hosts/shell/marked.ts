// Output between two unguessable marks, cut out of a stream that carries many commands one after the other.

/** What came before `end`, once both marks were seen; begins after the line of `begin`. */
export class MarkedOutput {
  readonly #begin: Buffer;
  readonly #end: Buffer;
  #bytes: Buffer = Buffer.alloc(0);
  #begun = false;
  #searched = 0;

  constructor(begin: string, end: string) {
    this.#begin = Buffer.from(`${begin}\n`);
    this.#end = Buffer.from(end);
  }

  /** Bytes held so far: for a limit. */
  get size(): number {
    return this.#bytes.length;
  }

  /** The output and the rest of the end mark's line, or `null` while it is not complete. */
  push(chunk: Buffer): { readonly text: string; readonly note: string } | null {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    if (!this.#begun) {
      const at = this.#bytes.indexOf(this.#begin);
      if (at < 0) return null;
      this.#begun = true;
      this.#bytes = this.#bytes.subarray(at + this.#begin.length);
    }
    const at = this.#bytes.indexOf(this.#end, this.#searched);
    if (at < 0) {
      this.#searched = Math.max(0, this.#bytes.length - this.#end.length);
      return null;
    }
    this.#searched = at;
    const lineEnd = this.#bytes.indexOf(0x0a, at);
    if (lineEnd < 0) return null;
    return {
      text: this.#bytes.subarray(0, at).toString('utf8'),
      note: this.#bytes.subarray(at + this.#end.length, lineEnd).toString('utf8'),
    };
  }
}

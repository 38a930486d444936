// The file of an index: pieces, each deflated and with a checksum, then the table, then where the table lies.
import { closeSync, fstatSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { deflateSync, inflateSync } from 'node:zlib';
import type { Piece, Table } from './table.ts';

const magic = 'kha-index 1\n';
const endBytes = magic.length + 12;

export interface IndexWriter {
  add(content: string): Piece;
  /** Only now is there a file of that name. */
  finish(table: Table): void;
  /** Leaves nothing behind. Does nothing after `finish`. */
  discard(): void;
}

/** @throws what the file system says, as all of the writer's functions do. */
export function writeIndex(file: string): IndexWriter {
  const unfinished = `${file}.${process.pid}${unfinishedEnd}`;
  const fd = openSync(unfinished, 'w', 0o600);
  let at = 0;
  let over = false;
  const put = (bytes: Buffer): Piece => {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    at += bytes.length;
    return { at: at - bytes.length, bytes: bytes.length };
  };
  const add = (content: string) => put(deflateSync(content, { level: 1 }));
  const close = (settle: () => void) => {
    if (over) return;
    over = true;
    closeSync(fd);
    settle();
  };
  return {
    add,
    finish(table) {
      const piece = add(JSON.stringify(table));
      const end = Buffer.alloc(endBytes);
      end.writeUIntBE(piece.at, 0, 6);
      end.writeUIntBE(piece.bytes, 6, 6);
      end.write(magic, 12);
      put(end);
      close(() => renameSync(unfinished, file));
    },
    discard: () => close(() => rmSync(unfinished, { force: true })),
  };
}

export const unfinishedEnd = '.unfinished';

/** The table of an index; null where there is none, or none that is whole. */
export function readTable(file: string): Table | null {
  let fd: number | null = null;
  try {
    fd = openSync(file, 'r');
    const end = pieceOf(fd, { at: fstatSync(fd).size - endBytes, bytes: endBytes });
    if (end.toString('latin1', 12) !== magic) return null;
    return JSON.parse(unpacked(fd, { at: end.readUIntBE(0, 6), bytes: end.readUIntBE(6, 6) }));
  } catch {
    return null;
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

/** What `add` was given. @throws where the file is damaged there. */
export function unpacked(fd: number, piece: Piece): string {
  return inflateSync(pieceOf(fd, piece)).toString('utf8');
}

/** As much of it as is there. @throws what the file system says. */
export function pieceOf(fd: number, { at, bytes }: Piece): Buffer {
  const found = Buffer.allocUnsafe(bytes);
  let done = 0;
  for (let read = -1; done < bytes && read !== 0; done += read)
    read = readSync(fd, found, done, bytes - done, at + done);
  return found.subarray(0, done);
}

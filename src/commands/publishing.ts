// The formats a result is published in, by name, and writing them to files whole or not at all.
import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { exits, KhaError } from '../model/failure.ts';
import { toCsv } from '../publish/csv.ts';
import { toJson } from '../publish/json.ts';
import { toJunit } from '../publish/junit.ts';
import { toMarkdown } from '../publish/markdown.ts';
import { toOpenMetrics, toPrometheusTextfile } from '../publish/openmetrics.ts';
import type { PublishedRun } from '../publish/published.ts';

/** Those that are made of results alone. */
export const resultFormats = {
  json: toJson,
  csv: toCsv,
  junit: toJunit,
  openmetrics: toOpenMetrics,
  'prometheus-textfile': toPrometheusTextfile,
  markdown: toMarkdown,
} as const satisfies Readonly<Record<string, (runs: readonly PublishedRun[]) => string>>;

export type ResultFormat = keyof typeof resultFormats;

/** Files that a run is asked to leave beside its own output, by format. */
export interface LeavingFlags {
  readonly junit?: string;
  readonly markdown?: string;
  readonly openmetrics?: string;
}

const leaving = ['junit', 'markdown', 'openmetrics'] as const;

/** Better said before a fault than after it. @throws KhaError `cannot-write` (exit 2). */
export function expectPlaces(flags: LeavingFlags): void {
  for (const file of leaving.map((format) => flags[format])) if (file !== undefined) expectPlace(file);
}

/** @throws KhaError `cannot-write` (exit 2). */
export function leaveFiles(flags: LeavingFlags, run: PublishedRun): void {
  for (const format of leaving) {
    const file = flags[format];
    if (file !== undefined) writeWhole(file, resultFormats[format]([run]));
  }
}

/** Of a run that ended before its first round: pages say why. Metrics stay as they were, and tell their age. */
export function leaveFailure(flags: LeavingFlags, run: PublishedRun): void {
  const { openmetrics: _, ...pages } = flags;
  leaveFiles(pages, run);
}

/** Whoever reads the file meanwhile, as collectors of metrics do, sees the old one or the new one. @throws KhaError `cannot-write`. */
export function writeWhole(file: string, text: string): void {
  const own = statSync(file, { throwIfNoEntry: false });
  // What is no file of ours to replace (a pipe, /dev/stdout) is written to.
  const beside = own === undefined || own.isFile() ? `${file}.${process.pid}.new` : file;
  try {
    writeFileSync(beside, text);
    if (beside !== file) renameSync(beside, file);
  } catch (cause) {
    if (beside !== file) rmSync(beside, { force: true });
    throw cannotWrite(file, cause);
  }
}

function expectPlace(file: string): void {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
    accessSync(dirname(file), constants.W_OK);
  } catch (cause) {
    throw cannotWrite(file, cause);
  }
}

function cannotWrite(file: string, cause: unknown): KhaError {
  return new KhaError({
    code: 'cannot-write',
    exit: exits.usage,
    message: `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
    tryThis: 'Name a file in a folder that exists and may be written to.',
    cause,
  });
}

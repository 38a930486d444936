// kha-lab publish: recordings in the formats of pipelines, dashboards, spreadsheets and players.
import { exits, KhaError } from '../model/failure.ts';
import { toAsciicast, toAsciicastV2 } from '../publish/asciicast.ts';
import type { PublishedRun } from '../publish/published.ts';
import { filmRecording } from './filming.ts';
import type { CommonFlags } from './flags.ts';
import { type ResultFormat, resultFormats, writeWhole } from './publishing.ts';
import { resultOfRun, sceneOf } from './retold.ts';
import type { Surroundings } from './surroundings.ts';

export interface PublishFlags extends CommonFlags {
  readonly format: string;
  readonly out?: string;
}

const casts = { asciicast: toAsciicast, 'asciicast-v2': toAsciicastV2 } as const;

export async function publish(
  flags: PublishFlags,
  surroundings: Surroundings,
  ...files: string[]
): Promise<number> {
  const { format, out } = flags;
  const text = await textOf(format, files, surroundings);
  if (out === undefined) surroundings.stdout.write(text);
  else writeWhole(out, text);
  return exits.good;
}

async function textOf(format: string, files: readonly string[], surroundings: Surroundings): Promise<string> {
  if (format in casts) return castOf(files, casts[format as keyof typeof casts]);
  // What draws pictures is heavy to load.
  if (format === 'svg') return (await import('./picture.ts')).pictureOf(files, surroundings);
  return resultFormats[format as ResultFormat](await publishedOf(files, surroundings));
}

async function publishedOf(
  files: readonly string[],
  { stderr }: Surroundings,
): Promise<readonly PublishedRun[]> {
  const runs: PublishedRun[] = [];
  for (const file of files) {
    const scene = await sceneOf(file, (sentence) => void stderr.write(`${file}: ${sentence}\n`));
    runs.push({ file, startedAt: scene.run?.startedAt ?? '', result: resultOfRun(scene, file) });
  }
  if (runs.some(({ result }) => result.rounds.length > 0)) return runs;
  throw new KhaError({
    code: 'no-rounds',
    exit: exits.inconclusive,
    message: `There is no round in ${files.join(', ')}: nothing was measured that could be published.`,
    tryThis: 'Record one with: kha-lab failover --record FILE',
  });
}

async function castOf(files: readonly string[], write: typeof toAsciicast): Promise<string> {
  const [file = '', ...others] = files;
  if (others.length > 0)
    throw new KhaError({
      code: 'usage',
      exit: exits.usage,
      message: 'A cast is the film of one run, and several recordings were given.',
      tryThis: 'Publish them one by one.',
    });
  const { film, facts } = await filmRecording(file);
  return write(film, facts);
}

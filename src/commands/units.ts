// kha-lab units: the tutorial's unit files for an inventory and a Kubernetes version; `--compare` holds the masters' own against them.
import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Master } from '../inventory/inventory.ts';
import { readInventory } from '../inventory/read.ts';
import { exits, KhaError } from '../model/failure.ts';
import { knownMinors } from '../model/kubeversion.ts';
import { annotate } from '../units/annotate.ts';
import { noteSentence, notesOf, type UnitNote } from '../units/notes.ts';
import { tutorialMasters } from '../units/tutorial.ts';
import { type PlannedMaster, tutorialPlan } from '../units/tutorialplan.ts';
import { unitsOf } from '../units/units.ts';
import { version as toolVersion } from '../version.ts';
import type { CommonFlags } from './flags.ts';
import { expectKnown } from './knownversion.ts';
import type { Surroundings } from './surroundings.ts';
import { writeUnits } from './unitswriting.ts';
import { wrapped } from './wrapped.ts';

export interface UnitsFlags extends CommonFlags {
  readonly kubernetes?: string;
  readonly out?: string;
  readonly compare?: boolean;
  /** Write over files that are there and differ. */
  readonly force?: boolean;
}

/** A unit file of one master, with its path below the folder of `--out`. */
export interface RenderedFile {
  readonly path: string;
  readonly master: string;
  readonly text: string;
}

const newest = `1.${knownMinors.last}`;

export async function units(flags: UnitsFlags, surroundings: Surroundings): Promise<number> {
  expectKnown(flags.kubernetes);
  if (flags.compare) {
    if (flags.out !== undefined) throw usage('--compare writes nothing.', 'Leave out --out.');
    return (await import('./unitscompare.ts')).compareUnits(flags, surroundings);
  }
  const version = (flags.kubernetes ?? newest).replace(/^v/, '');
  const masters = await mastersFor(flags, surroundings);
  const { files, notes } = render(masters, version);
  const written =
    flags.out === undefined ? null : writeUnits(flags.out, files, { ...surroundings, force: flags.force });
  const { stdout } = surroundings;
  if (flags.json) {
    const answer = { version: 1, kubernetes: version, masters, files, notes, ...(written && { written }) };
    stdout.write(`${JSON.stringify(answer)}\n`);
  } else if (written) {
    for (const { path, how } of written) stdout.write(`${how} ${path}\n`);
    const lines = flags.quiet ? [] : noteLines(notes).flatMap((line) => wrapped(line, surroundings));
    for (const line of lines) stdout.write(`${line}\n`);
  } else stdout.write(files.map(({ master, path, text }) => printed(master, path, text)).join('\n'));
  return exits.good;
}

async function mastersFor(flags: UnitsFlags, { cwd }: Surroundings): Promise<readonly PlannedMaster[]> {
  const here = existsSync(join(cwd, 'kha-lab.yaml')) ? join(cwd, 'kha-lab.yaml') : undefined;
  const file = flags.inventory ?? here;
  // A sandbox has the tutorial's masters, and renders its own units when it starts.
  if (flags.sandbox || file === undefined) return tutorialMasters;
  return (await readInventory(file)).masters.map((master) => planned(master, file));
}

/** @throws KhaError `no-address` (exit 2): a name cannot be published in endpoints. */
function planned(master: Master, file: string): PlannedMaster {
  const { name, reach, api } = master;
  const address = [api?.host, reach.via === 'ssh' ? reach.host : undefined].find((one) => isIP(one ?? ''));
  if (!/^[\w][\w.-]*$/.test(name))
    throw usage(`${JSON.stringify(name)} cannot be the name of a folder.`, `Correct it in ${file}.`);
  if (address !== undefined) return { name, address, ...(api && { port: api.port }) };
  throw new KhaError({
    code: 'no-address',
    exit: exits.usage,
    message: `${file} has no IP address of ${name}, and --advertise-address needs one.`,
    tryThis: `Put it there, under ${name}: api: { host: 172.16.155.158, port: 6443 }`,
  });
}

function render(masters: readonly PlannedMaster[], version: string) {
  const store = masters[0]?.address ?? '';
  const files: RenderedFile[] = [];
  const notes: (UnitNote & { readonly master: string })[] = [];
  [...unitsOf(tutorialPlan(masters, version))].forEach(([master, units], at) => {
    for (const file of units) {
      const about = notesOf(file, { version, address: masters[at]?.address ?? '', at, store });
      const title = `${file.name} of ${master} for Kubernetes ${version}, by kha-lab ${toolVersion} units.`;
      files.push({ path: `${master}/${file.name}`, master, text: annotate(file, title, about).text });
      notes.push(...about.map((note) => ({ master, ...note })));
    }
  });
  return { files, notes };
}

/** By component, each said once though it holds on every master. */
function noteLines(notes: readonly UnitNote[]): readonly string[] {
  const changed = notes.filter(
    ({ component, posted, why }, at) =>
      posted !== null &&
      at ===
        notes.findIndex(
          (one) => one.component === component && one.why === why && nameIn(one.posted) === nameIn(posted),
        ),
  );
  const components = [...new Set(changed.map(({ component }) => component))];
  return components.flatMap((component) => [
    '',
    `${component}: the tutorial's flags that changed`,
    ...changed.filter((note) => note.component === component).map((note) => `  ${noteSentence(note)}`),
  ]);
}

function nameIn(posted: string | null): string | undefined {
  return posted?.split('=')[0];
}

function printed(master: string, path: string, text: string): string {
  return `# ${master}: /lib/systemd/system/${path.slice(path.indexOf('/') + 1)}\n${text}`;
}

function usage(message: string, tryThis: string): KhaError {
  return new KhaError({ code: 'usage', exit: exits.usage, message, tryThis });
}

// kha-lab lab: a lab by name or folder, guided on screens. Light: what the masters need is loaded behind the first frame.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { quoteWord } from '../hosts/quote.ts';
import { findLab, firstLab } from '../lab/find.ts';
import type { Lab } from '../lab/format.ts';
import { progressFile } from '../lab/progressplace.ts';
import { type Exit, exits, gravest, KhaError } from '../model/failure.ts';
import { texts } from '../tui/words/words.ts';
import { sentencesOf } from './aftertalk.ts';
import { awaited, type Chosen, chooseMasters, wantsSandbox } from './choose.ts';
import { consent, labDeeds } from './consent.ts';
import { remember } from './feed.ts';
import { agreeTo } from './foreign.ts';
import { languageAsked, readLabIn, speakAsked } from './lablanguage.ts';
import { outcomeOf } from './laboutcome.ts';
import { sandboxOfFolder } from './labsandbox.ts';
import type { LabFlags, LabSession, OpenedLab } from './labsession.ts';
import { offerRecovery } from './leftovers.ts';
import { declines } from './question.ts';
import { beginRecording, recorded } from './recording.ts';
import { growingFeed, runOnScreens } from './screens.ts';
import { hasTerminal, type Surroundings } from './surroundings.ts';

export async function lab(flags: LabFlags, surroundings: Surroundings, name = 'ha-masters'): Promise<number> {
  speakAsked(flags.lang, surroundings.env);
  const folder = await folderOf(name, surroundings);
  if (flags.list || flags.reset || flags.from !== undefined) {
    const { listSteps, forgetProgress, expectStep } = await import('./labprogress.ts');
    if (flags.list) return listSteps(folder, { flags, surroundings });
    if (flags.reset) return forgetProgress(folder, { flags, surroundings });
    await expectStep(folder, flags.from ?? '');
  }
  const guided = !flags.auto && !flags.dryRun;
  if (guided && !hasTerminal(surroundings)) throw noTerminal();
  await agreeTo(folder, { flags, surroundings });
  const lang = languageAsked(flags.lang, surroundings.env);
  const tell = () => readLabIn(folder, { lang: flags.lang, env: surroundings.env });
  // Better said before a screen opens.
  if (flags.lang !== undefined) await tell();
  const alone = guided ? null : await readAlone(tell);
  await offerRecovery(flags, surroundings);
  if (!wantsSandbox(flags, surroundings) && !flags.dryRun) {
    await consent(labDeeds(await tell()), flags, surroundings);
  }
  const fresh = Boolean(flags.fresh) || (guided && !(await goesOn({ flags, surroundings, folder, tell })));
  const { seat } = flags;
  const recording = beginRecording(
    { what: 'lab', seat, record: flags.dryRun ? null : flags.record },
    surroundings,
  );
  const remembering = remember(recording.recorder);
  const shape = wantsSandbox(flags, surroundings) ? await sandboxOfFolder(folder) : {};
  const session = {
    flags: { ...shape, ...flags, fresh, ...(lang !== undefined && { lang }) },
    surroundings,
    recording,
    remembering,
    hurry: new AbortController(),
  };
  const again = name === firstLab ? 'kha-lab' : `kha-lab lab ${quoteWord(name)}`;
  return recorded(recording, () => (alone ? alone(session) : onScreens(session, { folder, again, tell })));
}

async function folderOf(name: string, { env }: Surroundings): Promise<string> {
  if (!name.startsWith('npm:')) return findLab(name);
  return (await import('./npmlab.ts')).labOfPackage(name, env);
}

/** Whether to take the lab up where it was left: asked only of somebody who left one in the middle. */
async function goesOn({
  flags,
  surroundings,
  folder,
  tell,
}: {
  readonly flags: LabFlags;
  readonly surroundings: Surroundings;
  readonly folder: string;
  readonly tell: () => Promise<Lab>;
}): Promise<boolean> {
  const { env, stdin: input, stderr: output } = surroundings;
  if (flags.fresh || flags.from !== undefined || !flags.input) return true;
  const file = progressFile(basename(folder), env, flags.seat);
  // Most starts find none, and must not load what would read it before their first frame.
  if (!existsSync(file)) return true;
  const { fileProgress } = await import('../lab/progress.ts');
  const kept = await fileProgress(file).load();
  const { steps } = await tell();
  const left = kept && steps.find(({ id }) => id === kept.step);
  if (!kept || !left || kept.passed.length === 0) return true;
  const needed = steps.find(({ id }) => id === left.needs);
  const question = texts().questions.lastTime(left.title, needed?.title ?? null);
  return !(await declines({ question, input, output }));
}

async function readAlone(tell: () => Promise<Lab>): Promise<(session: LabSession) => Promise<Exit>> {
  const [found, { withoutScreens }] = await Promise.all([tell(), import('./labalone.ts')]);
  return (session) => withoutScreens(session, found);
}

async function onScreens(
  session: LabSession,
  {
    folder,
    again,
    tell,
  }: { readonly folder: string; readonly again: string; readonly tell: () => Promise<Lab> },
): Promise<Exit> {
  const { flags, surroundings, recording, remembering, hurry } = session;
  const feed = growingFeed(recording, awaited(flags, surroundings), remembering);
  let chosen: Chosen | null = null;
  let opened: OpenedLab | null = null;
  let finished = false;
  let midFault = false;
  await runOnScreens({
    flags,
    surroundings,
    title: basename(folder),
    feed,
    mayAsk: !wantsSandbox(flags, surroundings),
    async connect() {
      // A sandbox takes its time to come up: enough to load and read everything else.
      const reading = Promise.all([tell(), import('./labsession.ts')]);
      reading.catch(() => {});
      chosen = await chooseMasters(flags, surroundings);
      const [found, { startLab }] = await reading;
      opened = await startLab(session, { lab: found, chosen });
      opened.engine.finished.then(() => {
        finished = true;
      });
      feed.grow(opened.engine);
    },
    async end(hurried) {
      hurried.addEventListener('abort', () => hurry.abort());
      midFault = recording.stage.scene().fault !== null;
      await opened?.engine.close();
      await opened?.run.close();
      await chosen?.close();
    },
  });
  for (const line of sentencesOf(recording, { finished, again })) surroundings.stdout.write(`${line}\n`);
  // Leaving is how a lab ends; only what was cut short in the middle of a fault was interrupted.
  return gravest([outcomeOf(recording), midFault ? exits.interrupted : exits.good]);
}

function noTerminal(): KhaError {
  return new KhaError({
    code: 'no-terminal',
    exit: exits.usage,
    message: 'The guided lab needs a terminal, and there is none here.',
    tryThis: 'Without one these work: kha-lab lab --auto --sandbox, check, watch, failover, recover, doctor.',
  });
}

// kha-lab labs test: each lab walked unattended twice, on a fresh sandbox each time, the second time with its breaks.
import { labsMeant } from '../lab/find.ts';
import type { Lab } from '../lab/format.ts';
import { readLab } from '../lab/read.ts';
import { bothTrials, complaintsOf, type Trial, tryLab } from '../lab/trial.ts';
import { type Exit, exits, gravest } from '../model/failure.ts';
import { chooseMasters } from './choose.ts';
import { remember } from './feed.ts';
import type { CommonFlags } from './flags.ts';
import { type Interrupts, listenForInterrupts } from './interrupts.ts';
import { outcomeOf } from './laboutcome.ts';
import { shown } from './labs.ts';
import { sandboxOf } from './labsandbox.ts';
import { startLab } from './labsession.ts';
import { printLines } from './lines.ts';
import { beginRecording, recorded } from './recording.ts';
import type { SandboxShape } from './sandboxflags.ts';
import type { Surroundings } from './surroundings.ts';

export interface LabsTestFlags extends CommonFlags, SandboxShape {}

export async function labsTest(
  flags: LabsTestFlags,
  surroundings: Surroundings,
  ...folders: string[]
): Promise<number> {
  const { stdout, stderr, cwd } = surroundings;
  const meant = await labsMeant(folders, cwd);
  const labs = await Promise.all(meant.map(readLab));
  const interrupts = listenForInterrupts(() => stderr.write('Interrupted: putting everything back first.\n'));
  const results: LabTested[] = [];
  const codes: Exit[] = [];
  try {
    for (const lab of labs) {
      if (interrupts.first.aborted) break;
      const { tested, code } = await testLab(lab, { flags, surroundings, interrupts });
      results.push(tested);
      codes.push(code, tested.ok ? exits.good : exits.failed);
      if (!flags.json) stdout.write(told(tested, cwd));
    }
  } finally {
    interrupts.stopListening();
  }
  const ok = results.length === labs.length && results.every((one) => one.ok);
  if (flags.json) stdout.write(`${JSON.stringify({ version: 1, ok, labs: results })}\n`);
  return gravest(interrupts.first.aborted ? [...codes, exits.interrupted] : codes);
}

interface LabTested {
  readonly lab: string;
  readonly folder: string;
  readonly ok: boolean;
  readonly checks: Trial['checks'];
  readonly faults: Trial['faults'];
}

interface Testing {
  readonly flags: LabsTestFlags;
  readonly surroundings: Surroundings;
  readonly interrupts: Interrupts;
}

async function testLab(lab: Lab, testing: Testing): Promise<{ tested: LabTested; code: Exit }> {
  const first = await oneWalk(lab, { ...testing, breaks: false });
  const second =
    testing.interrupts.first.aborted || first.trial.faults.length > 0
      ? first
      : await oneWalk(lab, { ...testing, breaks: true });
  const trial = bothTrials(first.trial, second.trial);
  const faults = testing.interrupts.first.aborted ? trial.faults : complaintsOf(trial);
  const tested = {
    lab: lab.name,
    folder: lab.folder,
    ok: faults.length === 0 && !testing.interrupts.first.aborted,
    checks: trial.checks,
    faults,
  };
  return { tested, code: gravest([first.code, second.code]) };
}

/** A sandbox of its own, so that nothing of one walk is left for the other; nothing is recorded. */
function oneWalk(
  lab: Lab,
  { flags, surroundings, interrupts, breaks }: Testing & { readonly breaks: boolean },
): Promise<{ trial: Trial; code: Exit }> {
  const recording = beginRecording({ what: 'lab', record: null }, surroundings);
  const remembering = remember(recording.recorder);
  if (flags.verbose) recording.recorder.subscribe(printLines(surroundings.stderr));
  const hurry = new AbortController();
  interrupts.second.addEventListener('abort', () => hurry.abort());
  const sandboxed = { ...sandboxOf(lab), ...flags, sandbox: true, auto: true };
  let trial: Trial | null = null;
  const work = async (): Promise<Exit> => {
    const chosen = await chooseMasters(sandboxed, surroundings);
    try {
      const session = { flags: sandboxed, surroundings, recording, remembering, hurry };
      const { run, engine } = await startLab(session, { lab, chosen });
      try {
        trial = await tryLab(engine, {
          breaks,
          signal: interrupts.first,
          onEnter: ({ title }) => {
            if (!flags.quiet)
              surroundings.stderr.write(`${lab.name}, ${breaks ? 'broken' : 'solved'}: ${title}\n`);
          },
        });
        return outcomeOf(recording);
      } finally {
        await engine.close();
        await run.close();
      }
    } finally {
      await chosen.close();
    }
  };
  return recorded(recording, work).then((code) => ({ trial: trial ?? { checks: [], faults: [] }, code }));
}

function told({ folder, ok, checks, faults }: LabTested, cwd: string): string {
  const name = shown(folder, cwd);
  const lines = faults.map(({ step, what }) => `${name}/${step}: ${what}`);
  const seen = checks.filter(({ seenToFail, seenToPass }) => seenToFail !== null && seenToPass).length;
  const sum = `${name}: ${ok ? 'proven' : 'not proven'}, ${seen} of ${checks.length} checks seen to fail and to pass`;
  return `${[...lines, sum].join('\n')}\n`;
}

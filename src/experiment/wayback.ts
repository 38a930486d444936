// The way back that a master keeps itself: a transient systemd timer, armed before a fault and read back.
import { showUnits } from '../components/unitstate.ts';
import type { Argv, Host } from '../hosts/host.ts';
import { quoteArgv } from '../hosts/quote.ts';
import { exits, KhaError } from '../model/failure.ts';
import { sanitise } from '../model/sanitise.ts';
import type { Clock, EpochMs } from '../model/time.ts';
import type { FaultDesign } from './faults/design.ts';
import { startArgv } from './faults/process.ts';
import { whys } from './faults/whys.ts';
import { atWork } from './refusals.ts';
import { type Tell, typed } from './typed.ts';
import { pause } from './watch/witness.ts';

/** Its one fixed name is also the marker that somebody is at work: systemd refuses a second of it, a reboot clears it. */
export const returnUnit = 'kha-lab-return';

const againAfterMs = 1_000;

/** Every timer of ours begins its description with it. */
const mark = 'kha-lab';

export interface WayBack {
  /** Whole seconds until the master puts the unit back by itself. */
  readonly afterSeconds: number;
  /** What the master does then: `wayBackArgv`. */
  readonly command: Argv;
  /** Who, when and what, for whoever finds the timer. */
  readonly description: string;
}

/**
 * One command after the other, whatever becomes of each. Without a semicolon: systemd (252) writes it into the transient
 * unit's file as `\;`, and reads that back wrong after any daemon-reload, our own included.
 */
const goOn = ' || true && ';

/** A thawed leader exits, a store comes back: only then can what leans on them be started. */
const settlingMs = 10_000;

/**
 * What one master does by itself to put back its part of a fault: a single command where that is enough, else a shell's,
 * which systemd runs there.
 */
export function wayBackArgv({ undo, touched, exitsWithinMs, lastsMs }: FaultDesign, master: string): Argv {
  const own = undo.filter(({ on }) => on === master).map(({ argv }) => argv);
  const units = touched.find((one) => one.master === master)?.units ?? [];
  if (own.length === 0 && units.length === 1 && lastsMs === null) return startArgv(...units);
  const waitMs = Math.max(exitsWithinMs, lastsMs === null ? 0 : settlingMs);
  const starts = units.flatMap((unit) => [resetArgv(unit), startArgv(unit)]);
  const wait = waitMs === 0 || units.length === 0 ? [] : [['sleep', String(Math.ceil(waitMs / 1000))]];
  const script = [...own, ...wait, ...starts].map(quoteArgv).join(goOn);
  // Where nothing of a master is touched its timer is the marker alone.
  return script === '' ? ['true'] : ['sh', '-c', script];
}

export function armArgv({ afterSeconds, command, description }: WayBack): Argv {
  return [
    'systemd-run',
    `--unit=${returnUnit}`,
    `--description=${description}`,
    `--on-active=${afterSeconds}`,
    '--timer-property=AccuracySec=100ms',
    ...command,
  ];
}

export const disarmArgv: Argv = ['systemctl', 'stop', `${returnUnit}.timer`];
export const resetArgv = (unit: string): Argv => ['systemctl', 'reset-failed', unit];
/** A way back that failed stays loaded and would refuse the next run. */
export const forgetArgv: Argv = resetArgv(`${returnUnit}.service`);

/**
 * Arms the timer on this master and reads it back. No timer, no fault.
 * @throws KhaError `busy` when another run's timer is there, `not-armed` when it cannot be had.
 */
export async function arm(host: Host, wayBack: WayBack, tell: Tell): Promise<void> {
  const argv = armArgv(wayBack);
  const { code, stderr } = await typed(host, { argv }, { why: whys.armed, tell });
  if (code !== 0) throw await whyNotArmed(host, argv, stderr);
  if (!(await isArmed(host))) throw notArmed(host, argv, 'the timer was not there when it was read back');
}

export async function isArmed(host: Host): Promise<boolean> {
  const [timer] = await showUnits(host, [`${returnUnit}.timer`]);
  return timer?.loaded === true && timer.active === 'active';
}

/** What the armed timer says of itself; null when none is armed. */
export async function armedBy(host: Host): Promise<string | null> {
  if (!(await isArmed(host))) return null;
  const { stdout } = await host.ask(['systemctl', 'show', '--property=Description', `${returnUnit}.timer`]);
  return sanitise(stdout.trim().replace(/^Description=/, ''));
}

/** Whether an armed timer is of a run other than the one that arms with this description. */
export function isAnothers(by: string | null, description: string): boolean {
  return by !== description && Boolean(by?.startsWith(`${mark} `));
}

/**
 * Stops the timer of this description and leaves another run's alone; true when none of ours is left.
 * Never rejects for a timer that is not there.
 */
export async function disarm(host: Host, description: string, tell: Tell): Promise<boolean> {
  const by = await armedBy(host);
  if (isAnothers(by, description)) return true;
  // Where nothing was ever armed, sudo's refusal being the usual reason, nothing has to be allowed to undo it.
  if (by !== null) await typed(host, { argv: disarmArgv }, { why: whys.disarmed, tell });
  // A dry run does not announce this one: it is run only for a way back that fired and failed.
  if (await hasFailed(host)) await typed(host, { argv: forgetArgv }, { why: whys.timerForgotten, tell });
  return !(await isArmed(host));
}

async function hasFailed(host: Host): Promise<boolean> {
  const [service] = await showUnits(host, [`${returnUnit}.service`]);
  return service?.active === 'failed';
}

export interface DisarmWish {
  readonly description: string;
  readonly clock: Clock;
  readonly untilMs: EpochMs;
  readonly tell: Tell;
}

/** As `disarm`, again and again until then; whether none of ours is left. Never rejects for what a host does. */
export async function disarmedBy(host: Host, wish: DisarmWish): Promise<boolean> {
  const { description, clock, untilMs, tell } = wish;
  for (;;) {
    const done = await disarm(host, description, tell).catch((error) => {
      if (!(error instanceof KhaError)) throw error;
      return false;
    });
    if (done || clock() > untilMs) return done;
    await pause(againAfterMs, new AbortController().signal);
  }
}

async function whyNotArmed(host: Host, argv: Argv, stderr: string): Promise<KhaError> {
  const who = await armedBy(host);
  if (who === null) return notArmed(host, argv, stderr.trim() || 'systemd-run failed without a word');
  return atWork(host.name, who);
}

function notArmed(host: Host, argv: Argv, why: string): KhaError {
  return new KhaError({
    code: 'not-armed',
    exit: exits.inconclusive,
    message: `${host.name} could not be told to put its unit back by itself, so no fault was issued: ${why}.`,
    tryThis: `Try it there: ${host.commandLine(argv, { sudo: true })}`,
  });
}

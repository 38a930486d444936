// Why a round issues no fault, or could not: each with what to do about it.
import type { UnitState } from '../components/unitstate.ts';
import type { Finished } from '../hosts/host.ts';
import { writeDuration } from '../model/duration.ts';
import { exits, KhaError } from '../model/failure.ts';

export function faultFailed(master: string, text: string, { code, stderr }: Finished): KhaError {
  return new KhaError({
    code: 'fault-failed',
    exit: exits.inconclusive,
    message: `The fault on ${master} did not come about: ${stderr.trim() || `the command ended with ${code}`}.`,
    tryThis: `Try it there: ${text}`,
  });
}

export function notEnabled(master: string, { id, enabled }: UnitState): KhaError {
  return new KhaError({
    code: 'not-enabled',
    exit: exits.inconclusive,
    message: `No fault was issued: ${id} on ${master} runs but is ${enabled || 'not enabled'}, so a reboot would not bring it back.`,
    tryThis: `Enable it there (systemctl enable ${id}), or allow it with --allow-not-enabled.`,
  });
}

/** @param who what the timer of a way back says of its run */
export function atWork(master: string, who: string): KhaError {
  return new KhaError({
    code: 'busy',
    exit: exits.inconclusive,
    message: `Somebody is at work on ${master} already: ${who}.`,
    tryThis: 'Wait until that run has ended, or finish what it left with: kha-lab recover',
  });
}

export function calledOtherwise(
  master: string,
  { found, expected }: { found: string; expected: string },
): KhaError {
  return new KhaError({
    code: 'called-otherwise',
    exit: exits.inconclusive,
    message: `No fault was issued: ${master} calls itself ${found}, expected ${expected}, so a lock it holds would not be known as its own.`,
    tryThis: `Put \`identity: ${found}\` under ${master} in the inventory.`,
  });
}

export function noUnitFor(fault: string, component: string, master: string): KhaError {
  return new KhaError({
    code: 'no-unit',
    exit: exits.inconclusive,
    message: `No fault was issued: ${fault} needs the unit of ${component}, and ${master} has none.`,
    tryThis: `Name it under components: in the inventory, or choose another master with --on.`,
  });
}

export function noStandby(component: string, leader: string): KhaError {
  return new KhaError({
    code: 'no-standby',
    exit: exits.inconclusive,
    message: `No fault was issued: only ${leader} runs ${component}, so nobody could take over.`,
    tryThis: 'Start it on a second master, and name that master in the inventory.',
  });
}

export function notElected(component: string, master: string): KhaError {
  return new KhaError({
    code: 'not-elected',
    exit: exits.inconclusive,
    message: `No fault was issued: ${component} on ${master} takes no part in an election (--leader-elect is off).`,
    tryThis: 'Start it with --leader-elect=true.',
  });
}

/** @param longestMs the longest that may be asked for, `returnMs` when the masters put everything back by themselves */
export function holdTooLong({ longestMs, returnMs }: { longestMs: number; returnMs: number }): KhaError {
  const longest = writeDuration(longestMs);
  return new KhaError({
    code: 'hold-too-long',
    exit: exits.usage,
    message: `--hold is longer than the way back allows: the masters put everything back by themselves after ${writeDuration(returnMs)} at most, and the last ${writeDuration(returnMs - longestMs)} of that are kept for the way back.`,
    tryThis: `Use --hold ${longest} or less.`,
  });
}

export function restartsWithoutKill(fault: string): KhaError {
  return new KhaError({
    code: 'usage',
    exit: exits.usage,
    message: `--let-restart is for --fault kill, and this is --fault ${fault}: what was killed is started again, nothing else is.`,
    tryThis: 'Leave it out, or use --fault kill.',
  });
}

export function noSuchMaster(asked: string, names: readonly string[]): KhaError {
  return new KhaError({
    code: 'unknown-master',
    exit: exits.usage,
    message: `--on names ${JSON.stringify(asked)}, which is none of these masters.`,
    tryThis: `Use leader, standby, or one of: ${names.join(', ')}.`,
  });
}

// What was measured in a round, told in sentences: the result first, then why.
import type { FaultKind } from './faultkind.ts';
import { missingOf } from './outage.ts';
import type { Mark, MarkName, Round, Span } from './round.ts';
import type { Summary } from './statistics.ts';

/** What each fault does to a component. */
const done: Readonly<Record<FaultKind, string>> = {
  stop: 'was stopped',
  kill: 'was killed',
  freeze: 'was frozen',
  zombie: 'was frozen',
  apiserver: 'lost its API server',
  cut: 'was cut off',
  etcd: 'lost its store',
};

/** The result in English; labs and screens have it in other languages too. */
export const englishResult = {
  done,
  other: (fault: string) => `had the fault ${fault}`,
  struck: (component: string, what: string, master: string) => `after ${component} ${what} on ${master}`,
  nobody: (struck: string) => `Nobody else was seen taking the lock ${struck}.`,
  took: (to: string, length: string, struck: string) => `${to} took the lock ${length} ${struck}.`,
};

export type ResultWords = typeof englishResult;

/** `16.33 s`, `812 ms`: as a person compares lengths. */
export function lengthInWords(ms: number): string {
  return Math.abs(ms) < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** `0.4 ms`, `200 ms`, `8.17 s`: an error never reads smaller than it is. */
export function errorInWords(ms: number): string {
  if (ms >= 1000) return `${(Math.ceil(ms / 10) / 100).toFixed(2)} s`;
  return ms >= 10 ? `${Math.ceil(ms)} ms` : `${(Math.ceil(ms * 10 - 1e-9) / 10).toFixed(1)} ms`;
}

export function spanInWords({ ms, errorMs }: Span): string {
  return `${lengthInWords(ms)} ± ${errorInWords(errorMs)}`;
}

/** All there is to say of a round, the result first. */
export function roundSentences(round: Round): readonly string[] {
  return [
    resultSentence(round),
    whySentence(round),
    outageSentence(round),
    leadersSentence(round),
    emptiedSentence(round),
    eventSentence(round),
    ...(round.remarks ?? []),
    ...(round.doubts ?? []),
  ].filter((sentence) => sentence !== null);
}

/** `kuberm2 took the lock 16.33 s ± 0.4 ms after kube-scheduler was stopped on kuberm.` */
export function resultSentence(round: Round, words: ResultWords = englishResult): string {
  const { to, handover, component, from, on, fault } = round;
  const what = Object.hasOwn(words.done, fault) ? words.done[fault as FaultKind] : words.other(fault);
  const struck = words.struck(component, what, on ?? from);
  return to === null || handover === null
    ? words.nobody(struck)
    : words.took(to, spanInWords(handover), struck);
}

/** Why it took that long, by the marks that were seen; null where they do not show it. */
export function whySentence(round: Round): string | null {
  const mark = (name: MarkName) => round.marks.find((one) => one.name === name);
  const { to, from, terms } = round;
  const acquired = mark('acquired');
  if (to === null || acquired === undefined) return null;
  const released = mark('released');
  if (released)
    return `${from} gave the lock back on its way out, and ${to} found it free ${after(released, acquired)} later.`;
  const last = mark('lastRenew');
  const expired = mark('leaseExpired');
  if (!last || !expired) return null;
  const look = { ...expired, atMs: expired.atMs - terms.leaseDurationMs };
  return (
    `That is because ${to} first looked ${after(last, look)} after ${from}'s last renewal, ` +
    `had to let its lease of ${setting(terms.leaseDurationMs)} run out from there, ` +
    `and looked again ${after(expired, acquired)} after that.`
  );
}

export function outageSentence(round: Round): string | null {
  const { outage, component, canaries, to } = round;
  const [missing] = missingOf(round);
  if (outage === null)
    return missing === undefined ? null : `How long nothing was done is not known: ${missing}.`;
  const nothing = component === 'kube-scheduler' ? 'No pod was scheduled' : 'No controller was given its pod';
  const length = `${nothing} for ${spanInWords(outage)}`;
  if (!canaries?.backlog) return `${length}.`;
  const { backlog, drainedMs } = canaries;
  const waited = `${length}; ${backlog} waited when ${to} took the lock, and `;
  return drainedMs === null
    ? `${waited}not all were done while it was watched.`
    : `${waited}all were done ${lengthInWords(drainedMs)} later.`;
}

export function leadersSentence({ to, from, twoLeadersMs }: Round): string | null {
  if (to === null) return null;
  if (twoLeadersMs === null) return `When ${from} stopped acting as leader was not seen.`;
  if (twoLeadersMs === 0) return 'At no time did two act as leader.';
  return `For ${lengthInWords(twoLeadersMs)} both ${from} and ${to} acted as leader.`;
}

/**
 * What a zombie did to the record of its successor; null for other faults, and where it was not seen to end. Woken, it may look
 * once before it obeys: it then knows who leads, and empties nothing.
 */
export function emptiedSentence({ emptied, fault, from, to, marks }: Round): string | null {
  const at = (name: string) => marks.find((mark) => mark.name === name)?.atMs;
  const [issuedMs, acquiredMs, goneMs] = [at('faultIssued'), at('acquired'), at('instanceGone')];
  if (issuedMs === undefined) return null;
  if (emptied === undefined)
    return fault === 'zombie' && to !== null && (goneMs ?? 0) > (acquiredMs ?? 0)
      ? `On its way out ${from} left the record of ${to} alone.`
      : null;
  const { atMs, successor, retakenMs, retakenBy } = emptied;
  const again =
    retakenMs === null
      ? 'nobody was seen taking it again'
      : `${retakenBy ?? 'somebody'} took it again ${lengthInWords(retakenMs - atMs)} later`;
  return `${from} emptied the record of ${successor} ${lengthInWords(atMs - issuedMs)} after the fault; ${again}.`;
}

/** The LeaderElection event, sent aside: when it was seen, counted from the take-over. */
export function eventSentence({ witnesses, marks }: Round): string | null {
  const acquired = marks.find(({ name }) => name === 'acquired');
  const event = witnesses?.find(
    ({ witness, bounds }) => witness === 'LeaderElection event' && bounds === 'notAfter',
  );
  if (!acquired || !event) return null;
  const later = event.atMs - acquired.atMs;
  return `Its LeaderElection event was seen ${lengthInWords(Math.abs(later))} ${later < 0 ? 'before' : 'after'} it took the lock.`;
}

/** `3 handovers: median 16.35 s, from 15.40 s to 20.75 s.` */
export function summarySentence({ n, medianMs, minMs, maxMs }: Summary): string {
  if (medianMs === null || minMs === null || maxMs === null) return 'No handover was seen.';
  if (n === 1) return `One handover: ${lengthInWords(medianMs)}.`;
  return `${n} handovers: median ${lengthInWords(medianMs)}, from ${lengthInWords(minMs)} to ${lengthInWords(maxMs)}.`;
}

/** `With 96.9 % certainty the true median lies between 15.40 s and 20.75 s.` And quantiles, where they are carried. */
export function summarySentences(summary: Summary): readonly string[] {
  const { medianInterval, p95Ms, p99Ms } = summary;
  const { lowMs = 0, highMs = 0, coverage = 0 } = medianInterval ?? {};
  const known = `With ${(Math.floor(coverage * 1000) / 10).toFixed(1)} % certainty the true median lies between ${lengthInWords(lowMs)} and ${lengthInWords(highMs)}.`;
  return [
    summarySentence(summary),
    ...(medianInterval === null ? [] : [known]),
    ...(p95Ms === undefined ? [] : [`95 % took ${lengthInWords(p95Ms)} or less.`]),
    ...(p99Ms === undefined ? [] : [`99 % took ${lengthInWords(p99Ms)} or less.`]),
  ];
}

function after(earlier: Mark, later: Mark): string {
  return lengthInWords(Math.max(0, later.atMs - earlier.atMs));
}

function setting(ms: number): string {
  return `${ms / 1000} s`;
}

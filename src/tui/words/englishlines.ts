// What plain lines and a screen reader say of each change in a run, in English.
import type { WayName } from '../../model/waysseen.ts';

/** To follow "through". */
const ways: Readonly<Record<WayName, string>> = {
  service: 'the service kubernetes',
  server: 'the one API server that nodes name',
  balancer: 'the load balancer',
};

export const englishLines = {
  run: (what: string, target: string, masters: string) => `${what} on ${target}: ${masters}`,
  connected: 'connected',
  connectedAt: (ms: string) => `connected, ${ms} ms away`,
  connecting: 'connecting',
  connectionLost: 'connection lost',
  clock: (offset: string) => `clock ${offset} against ours`,
  unit: (component: string, state: string) => `${component} is ${state}`,
  gap: (component: string, why: string) => `the log of ${component} has a gap: ${why}`,
  lock: (name: string) => `lock ${name}`,
  noRecord: (lock: string) => `${lock} has no record`,
  free: (lock: string) => `${lock} is free`,
  heldBy: (lock: string, holder: string) => `${lock} held by ${holder}`,
  ready: 'API server ready',
  notReady: 'API server not ready',
  pod: (name: string, phase: string) => `pod ${name} is ${phase}`,
  podGone: (name: string) => `pod ${name} is gone`,
  onNode: (node: string) => ` on ${node}`,
  toRun: (text: string) => `to run: ${text}`,
  ran: (text: string) => `ran: ${text}`,
  ranExit: (code: number | null, text: string) => `ran, exit ${code}: ${text}`,
  round: (number: number, fault: string, component: string, master: string) =>
    `round ${number} begins: ${fault} ${component} on ${master}`,
  armed: 'way back armed',
  returns: (component: string, within: string) => `: ${component} returns within ${within}`,
  issued: (fault: string, component: string) => `${fault} of ${component} issued`,
  effective: (fault: string, component: string) => `${fault} of ${component} has taken effect`,
  ended: (fault: string, component: string) => `${fault} of ${component} ends`,
  restored: (component: string) => `${component} is put back`,
  disarmed: 'way back disarmed',
  passed: (check: string) => `passed: ${check}`,
  failed: (check: string, why: string) => `failed: ${check}: ${why}`,
  step: (step: string) => `step: ${step}`,
  stepPassed: (step: string) => `step passed: ${step}`,
  guess: (choice: string) => `guess: ${choice}`,
  problem: (message: string, tryThis: string) => `problem: ${message} ${tryThis}`,
  over: (exit: number) => `the run is over, exit ${exit}`,
  ways,
  asking: (through: string) => `asking through ${through}`,
  asked: (failed: number) => `asking is over: ${failed} requests failed`,
  client: (client: string, way: string) => `${client} through ${way}`,
  answered: (who: string) => `${who} is answered again`,
  unanswered: (who: string, why: string | null) => `${who} fails: ${why ?? 'no reason'}`,
};

export type LineTexts = typeof englishLines;

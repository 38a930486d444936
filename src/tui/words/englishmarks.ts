// What the marks of a round are called, and who saw them, in English.
import type { MarkName, Witness } from '../../model/round.ts';

const marks: Readonly<Record<MarkName, string>> = {
  lastRenew: 'last renewal',
  faultIssued: 'fault',
  released: 'released',
  leaseLost: 'gave up',
  instanceGone: 'gone',
  leaseExpired: 'lease over',
  acquired: 'acquired',
  firstWork: 'first work',
  faultEnded: 'fault ended',
  restored: 'restored',
};

const witnesses: Readonly<Record<Witness, string>> = {
  'fault command': 'fault command',
  'log line': 'log line',
  'lock record': 'lock record',
  'lock watch': 'lock watch',
  'LeaderElection event': 'LeaderElection event',
  'unit state': 'unit state',
  'canary pod': 'canary pod',
  rules: 'rules',
  'way back': 'way back',
};

export const englishMarks = { marks, witnesses };

export type MarkTexts = typeof englishMarks;

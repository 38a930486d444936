// What the marks of a round are called, and who saw them, in German.
import type { MarkTexts } from './englishmarks.ts';

export const germanMarks: MarkTexts = {
  marks: {
    lastRenew: 'erneuert',
    faultIssued: 'Fehler',
    released: 'freigegeben',
    leaseLost: 'gab auf',
    instanceGone: 'fort',
    leaseExpired: 'Lease um',
    acquired: 'übernommen',
    firstWork: 'erste Arbeit',
    faultEnded: 'Fehler endet',
    restored: 'hergestellt',
  },
  witnesses: {
    'fault command': 'Befehl',
    'log line': 'Logzeile',
    'lock record': 'Lock-Eintrag',
    'lock watch': 'Lock-Watch',
    'LeaderElection event': 'LeaderElection-Event',
    'unit state': 'Unit-Zustand',
    'canary pod': 'Canary-Pod',
    rules: 'Regeln',
    'way back': 'Weg zurück',
  },
};

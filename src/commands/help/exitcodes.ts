// The exit codes in words: one entry for each there is.
import { exits } from '../../model/failure.ts';
import type { Topic } from './topic.ts';

const meanings: Readonly<Record<keyof typeof exits, string>> = {
  good: 'done and good',
  failed: 'a check failed or a limit was passed',
  usage: 'wrong usage or inventory',
  inconclusive: 'inconclusive: no fault was issued, or the round could not be judged',
  unreachable: 'a master or the API could not be reached, or refused the login',
  notSteady: 'restored, but not steady again',
  notRestored: 'not restored: what to type is printed',
  notRecorded: 'the recording could not be written',
  bug: 'a bug',
  interrupted: 'interrupted, and restored',
};

export const exitCodes: Topic = {
  title: 'Exit codes',
  says: ['Scripts can rely on them. Where several hold, the first of 6, 70, 130, 7, 5, 4, 3, 1 is used.'],
  entries: Object.entries(meanings).map(([name, means]) => ({
    term: String(exits[name as keyof typeof exits]),
    means,
  })),
};

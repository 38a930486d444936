// What the program itself says within a lab, in English: the words that every other language has as well.
import type { MarkName } from '../../model/round.ts';
import { englishUnits } from '../../model/unitflags/words.ts';
import type { Who } from '../who.ts';
import { englishChecks } from './englishchecks.ts';

const phases: Readonly<Record<MarkName, string>> = {
  lastRenew: 'last renewal',
  faultIssued: 'the fault',
  released: 'lock let go',
  leaseLost: 'old leader gives up',
  instanceGone: 'process gone',
  leaseExpired: 'lease over for the standby',
  acquired: 'lock taken',
  firstWork: 'first work done again',
  faultEnded: 'the fault ends',
  restored: 'all as before',
};

/** To follow "on". */
const where: Readonly<Record<Who, (component: string) => string>> = {
  first: () => 'first master',
  each: () => 'each master',
  leader: (component) => `leader of ${component}`,
  standby: (component) => `standby of ${component}`,
  'old-leader': (component) => `old-leader of ${component}`,
  'new-leader': (component) => `new-leader of ${component}`,
};

export const english = {
  and: 'and',
  or: 'or',
  noTime: 'no time',
  outOf: (some: number, all: number) => `${some} of ${all}`,
  phases,
  checks: englishChecks,
  units: englishUnits,
  /** Of a step, in the list of them. */
  states: { done: 'done', here: 'here', open: 'open' },
  /** Of a step that was walked unattended. */
  verdicts: { passed: 'passed', skipped: 'skipped', failed: 'failed' },
  /** Of a lab that is only told. */
  dry: {
    guess: 'guess',
    check: 'check',
    here: 'here',
    on: (host: string) => `on ${host}`,
    aFault: 'a fault',
    unknown: 'its commands depend on who leads, which is not known yet',
    comesBack: 'comes back',
    because: 'because',
  },
  /** A handover as an entry of a list; `component` where several are mixed. */
  round: (one: { fault: string; from: string; to: string; after: string; component: string | null }) =>
    `**${one.fault}** on ${one.from}${one.component ? `, ${one.component}` : ''}: ${one.to} after ${one.after}`,
  onMaster: (component: string, master: string) => `**${component}** on ${master}`,
  /** What a lab from elsewhere could do. */
  deeds: {
    fault: (fault: string, component: string) => `fault ${fault} of ${component}, and its way back`,
    stops: (which: string, seconds: number) =>
      `stops the API server of the ${which} for ${seconds} s, and starts it again`,
    kills: (which: string, seconds: number) =>
      `kills the API server of the ${which} for ${seconds} s, and starts it again`,
    first: 'first master',
    last: 'last master',
    makesPod: (pod: string, image: string) => `makes the pod ${pod} of the image ${image}`,
    deletesPod: (pod: string) => `deletes the pod ${pod}`,
    on: (where: string, command: string) => `on ${where}: ${command}`,
    where,
  },
  yourGuess: 'your guess',
  notYet: (missing: string) => `Not yet: ${missing}.`,
  seeHints: 'The hints of this step say how.',
  faultOn: 'A fault is still under way.',
  redoLater: 'Wait until everything is put back, then do the step once more.',
  noStep: (id: string) => `There is no step "${id}".`,
  itsSteps: (ids: string) => `Its steps are ${ids}.`,
  comesAfter: (step: string, open: string) => `"${step}" comes after "${open}", which is not done yet.`,
  doFirst: (step: string) => `Do "${step}" first.`,
  looksBack: (step: string, on: string) => `"${step}" looks back on "${on}", which was not done in this run.`,
  doSoon: (step: string) =>
    `Do "${step}" first, it takes less than a minute: on the screens, s lists the steps, and enter goes to one.`,
  noAction: (step: string, id: string) => `The step "${step}" has no action "${id}".`,
  itsActions: (ids: string) => `Its actions are ${ids}.`,
  onlyShows: 'This step only shows something: go on with next.',
  guessFirst: 'Your guess comes first.',
  chooseOf: (choices: string) => `Choose one of: ${choices}.`,
  noGuess: (step: string) => `The step "${step}" asks for no guess.`,
  goOn: 'Go on with its actions.',
  noChoice: (choice: string) => `"${choice}" is not among the choices.`,
  guessStands: 'The stopwatch runs: the guess stands as it is.',
  watch: 'Watch what it shows.',
  whereUnknown: 'It is not known yet where to run that.',
  waitForHolder: 'Wait until the lock has a holder.',
  tooEarly: 'It is too early for that.',
  waitForChecks: 'Wait for the checks before it.',
  underWay: (action: string) => `"${action}" is still under way.`,
  waitForEnd: 'Wait until it has ended.',
  over: 'The lab is over.',
  beginAgain: 'Begin it again with `kha-lab`.',
};

export type LabWords = typeof english;

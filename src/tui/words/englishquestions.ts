// What is asked before anything is done to masters, in English.
import type { FaultKind } from '../../model/faultkind.ts';

/** What each fault does, to follow "This will". */
const faults: Readonly<Record<FaultKind, (component: string) => string>> = {
  stop: (component) => `stop ${component}`,
  kill: (component) => `kill ${component}`,
  freeze: (component) => `freeze ${component}`,
  zombie: (component) => `freeze ${component}, and stop it once its successor leads`,
  apiserver: (component) => `stop an API server that ${component} needs`,
  cut: (component) => `cut a master that runs ${component} off from every API server and store`,
  etcd: () => 'stop etcd, without which nobody can lead',
};

export const englishQuestions = {
  /** Answers, in small letters. */
  yes: 'yes y',
  no: 'no n',
  /** With the step that it looks back on, of which a new run knows nothing. */
  lastTime: (step: string, needed: string | null) =>
    needed === null
      ? `Last time you were at "${step}". Go on there? [yes/no] `
      : `Last time you were at "${step}". It looks back on "${needed}", which is done once more first.\nGo on there? [yes/no] `,
  goOn: 'Go on? [yes/no] ',
  faults,
  stopAsked: 'stop an API server that clients ask',
  makePod: 'make a pod',
  and: 'and',
  willDo: (what: string, inventory: string) =>
    `This will ${what}, on masters of ${inventory}, and put it back (see --dry-run). `,
  notOurs: (title: string, folder: string) => `"${title}" (${folder}) is not one of kha-lab's own labs.`,
  runsNothing: 'It runs no command.',
  mayRun: 'It may run:',
  asYou: 'On a sandbox these run as you, on this machine. ',
  left: (since: string, what: string, master: string) => `A run of ${since} left ${what} on ${master}.`,
  cutShort: (since: string, what: string, master: string) =>
    `A run of ${since} was interrupted after its fault (${what} on ${master}).`,
  putBack: 'Put it back and check it now? [yes/no] ',
  finish: 'Finish it with: kha-lab recover',
};

export type QuestionTexts = typeof englishQuestions;

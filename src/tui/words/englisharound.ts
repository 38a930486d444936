// What is said around the screens, in English: before a lab and after it, in a window too small, and to a screen reader.
import { englishResult } from '../../model/sentences.ts';

export const englishAround = {
  tooSmall: {
    size: (columns: number, rows: number, least: string) =>
      `This window is ${columns}x${rows}; kha-lab needs ${least}.`,
    enlarge: 'Make it larger, or leave with ctrl+c. Until then no other key works; the run goes on.',
  },
  reader: {
    leaving: 'Leaving: everything is being put back.',
    typing: 'Type a filter, then enter.',
    toDo: (title: string) => `To do: ${title}`,
    onThisMachine: 'on this machine',
    step: (one: number, all: number, title: string) => `Step ${one} of ${all}: ${title}`,
    guess: (question: string, choices: string) => `Your guess: ${question} ${choices}`,
    checks: (titles: string) => `Checks: ${titles}`,
    hint: (text: string) => `Hint: ${text}`,
    number: 'Type its number.',
    closed: 'Closed.',
    keys: (keys: string) => `Keys: ${keys}`,
  },
  forgotten: (lab: string) => `Forgotten how far you got in ${lab}. The next start is at its first step.`,
  interrupted: 'Interrupted: putting everything back first.',
  result: englishResult,
  putBack: (component: string, master: string) =>
    `${component} on ${master} is put back; no handover was measured.`,
  serverBack: (master: string) => `The API server of ${master} is put back; no lock changed hands.`,
  recorded: (file: string, again: string) => `Recorded in ${file}; see it again with: ${again}`,
  ownMasters: 'Next: your own masters, with kha-lab init and kha-lab check.',
  goOnWith: (again: string) => `Go on where you left with: ${again}`,
};

export type AroundTexts = typeof englishAround;

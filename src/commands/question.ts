// One question, one line for an answer; leaving it unanswered is an answer too, and no bug.
import { createInterface } from 'node:readline/promises';
import { exits, KhaError } from '../model/failure.ts';
import { texts } from '../tui/words/words.ts';

export interface Question {
  readonly question: string;
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Called once the question stands there: what is typed from then on may have to be hidden. */
  readonly onAsked?: () => void;
}

/** Whether it was answered with yes, in the language that is spoken. Throws as `askLine`. */
export async function agrees(question: Question): Promise<boolean> {
  return texts()
    .questions.yes.split(' ')
    .includes((await askLine(question)).toLowerCase());
}

/** Whether it was answered with no: everything else agrees. Throws as `askLine`. */
export async function declines(question: Question): Promise<boolean> {
  return texts()
    .questions.no.split(' ')
    .includes((await askLine(question)).toLowerCase());
}

/**
 * The answer, trimmed; empty at the end of input.
 * @throws KhaError `interrupted` (exit 130) at ctrl+c.
 */
export async function askLine({ question, input, output, onAsked }: Question): Promise<string> {
  const lines = createInterface({ input, output, terminal: true });
  // A line that came with the end is still an answer; without one, nobody else would say that none comes.
  const closed = new Promise<string>((resolve) => lines.once('close', () => setImmediate(resolve, '')));
  const answer = lines.question(question);
  onAsked?.();
  try {
    return (await Promise.race([answer, closed])).trim();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
    if (!error.message.includes('Ctrl+C')) return '';
    throw new KhaError({
      code: 'interrupted',
      exit: exits.interrupted,
      message: 'Interrupted before anything was done.',
      tryThis: 'Start it again.',
    });
  } finally {
    lines.close();
  }
}

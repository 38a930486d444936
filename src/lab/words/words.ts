// Which words the program uses within a lab: those of the language that the lab is told in, as far as there are any.
import { english, type LabWords } from './english.ts';
import { german } from './german.ts';

export type { LabWords };

const languages: Readonly<Record<string, LabWords>> = { en: english, de: german };

/** A lab in a language that the program does not speak is told in it, and the program speaks English. */
export function wordsIn({ language }: { readonly language: string }): LabWords {
  const [spoken = ''] = language.split('-');
  return (Object.hasOwn(languages, spoken) && languages[spoken]) || english;
}

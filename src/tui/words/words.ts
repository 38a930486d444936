// The language that the screens speak: chosen once, before the first frame.
import { english, type ScreenTexts } from './english.ts';
import { german } from './german.ts';

export type { ScreenTexts };

const languages: Readonly<Record<string, ScreenTexts>> = { en: english, de: german };
let chosen = english;

/** `de`, `en`. English where it is none that the screens speak, or none was asked for. */
export function speak(language: string | undefined): void {
  const known = language !== undefined && Object.hasOwn(languages, language);
  chosen = (known && languages[language]) || english;
}

/** What comes of work that speaks that language, whatever is spoken otherwise. */
export function spokenIn<T>(language: string | undefined, work: () => T): T {
  const before = chosen;
  speak(language);
  try {
    return work();
  } finally {
    chosen = before;
  }
}

export function texts(): ScreenTexts {
  return chosen;
}

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

export function texts(): ScreenTexts {
  return chosen;
}

// Typing a filter, or what is sought in the help: the field takes every key but those that end it.
import type { KeyPress } from './input.ts';
import { harmless } from './line.ts';
import type { View } from './view.ts';

/** The view after a key in the filter's field; null: the key is not for the field. */
export function typed(view: View, press: KeyPress): View | null {
  const text = view.typing ?? '';
  if (press.sort === 'background') return null;
  if (press.sort === 'paste') return show(view, text + harmless(press.text.replace(/\s+/g, ' ')));
  switch (press.name) {
    case 'enter':
      return { ...view, typing: null };
    case 'escape':
      return { ...show(view, ''), typing: null };
    case 'backspace':
      return show(view, [...text].slice(0, -1).join(''));
    case 'ctrl+u':
      return show(view, '');
    case 'space':
      return show(view, `${text} `);
    default:
      if (press.name.startsWith('ctrl+')) return null;
      return [...press.name].length === 1 ? show(view, text + press.name) : view;
  }
}

/** What is typed filters at once: the help where it is open, else the logs. */
function show(view: View, text: string): View {
  const typing = text.slice(0, 200);
  return view.panel === 'help'
    ? { ...view, typing, sought: typing, cursor: 0 }
    : { ...view, typing, filter: typing };
}

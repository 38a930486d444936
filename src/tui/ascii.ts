// One-column stand-ins for terminals whose locale is not UTF-8: widths stay, so no layout changes.

const standIns: Readonly<Record<string, string>> = {
  '★': '*',
  '○': 'o',
  '✗': 'x',
  '✓': '+',
  '●': '@',
  '◆': '#',
  '‖': '"',
  '▸': '>',
  '▶': '>',
  '•': '-',
  '·': '.',
  '…': '~',
  '±': '~',
  '≥': '>',
  '−': '-',
  '×': 'x',
  '↑': '^',
  '↓': 'v',
  '←': '<',
  '→': '>',
  '━': '=',
  '┄': '-',
  '─': '-',
  '│': '|',
  '┬': '+',
  '┴': '+',
  '┼': '+',
  '╷': '|',
  '▁': '_',
  '▂': '_',
  '▃': '.',
  '▄': ':',
  '▅': '|',
  '▆': '|',
  '▇': '#',
  '█': '#',
  '▀': '"',
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
};

/** The text in ASCII, as wide as before (one column each for what has no stand-in). */
export function toAscii(text: string): string {
  return /^[\x20-\x7e]*$/.test(text)
    ? text
    : [...text].map((c) => (c >= ' ' && c <= '~' ? c : (standIns[c] ?? '?'))).join('');
}

/** Whether the locale says UTF-8; without any locale the modern answer is yes, but not for LANG=C and POSIX. */
export function speaksUtf8(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  if (env.TERM === 'linux') return false;
  return locale === undefined || locale === '' ? true : /utf-?8/i.test(locale);
}

// A terminal for an interactive session, from the machine's own `script`: no native addon is needed for it.
import { existsSync } from 'node:fs';
import { quoteForShell } from '../quote.ts';

const places = ['/usr/bin/script', '/bin/script'];

/** The command line that runs `command` in a terminal of that size; null where it cannot be had. */
export function terminalCommand(
  command: string,
  size: { readonly rows: number; readonly cols: number },
): readonly string[] | null {
  // BSD's and macOS's `script` takes no socket for its input, and a pipe of node's is one.
  if (process.platform !== 'linux') return null;
  const script = places.find((path) => existsSync(path));
  if (script === undefined) return null;
  const sized =
    size.rows > 0 && size.cols > 0 ? `stty rows ${size.rows} cols ${size.cols}; ${command}` : command;
  const words = `/bin/sh -c ${quoteForShell(sized)}`;
  return [script, '--quiet', '--return', '--flush', '--command', words, '/dev/null'];
}

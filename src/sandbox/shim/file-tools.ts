// File tools on a master that take paths below /run/systemd/system as the master's own: runtime drop-ins are made there.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { quoteForShell } from '../quote.ts';

/** What writes, reads or removes a drop-in. A shell's own `>` and `[` cannot be reached: `tee` and `test` can. */
const fileTools = ['cat', 'cp', 'install', 'ls', 'mkdir', 'mv', 'rm', 'rmdir', 'stat', 'tee', 'test'];

const runtimeUnits = '/run/systemd/system';

/** Name and text of each, for a master whose files lie in `root`. All other paths stay what they are. */
export function fileToolTexts(root: string): readonly (readonly [name: string, text: string])[] {
  return fileTools.flatMap((name) => {
    const real = ['/usr/bin', '/bin'].map((folder) => join(folder, name)).find((path) => existsSync(path));
    return real === undefined ? [] : [[name, script(real, root)]];
  });
}

function script(real: string, root: string): string {
  return `#!/bin/sh
for word do
  shift
  case $word in
    ${runtimeUnits}|${runtimeUnits}/*) word=${quoteForShell(root)}$word ;;
  esac
  set -- "$@" "$word"
done
exec ${real} "$@"
`;
}

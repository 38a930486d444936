// Wraps a followed command so that it ends when our end of the connection is gone.
import type { Argv } from '../host.ts';

/**
 * A server does not end a command without a terminal when its channel closes. So its input is held open by us,
 * a watcher reads it, and at its end the command gets SIGTERM. A command under sudo belongs to root and cannot be
 * signalled by the login: it notices that its output was closed (`tail -F` and `journalctl -f` watch for that).
 */
const script = [
  'exec 3<&0',
  '"$@" 3<&- & p=$!',
  // The watcher lets go of our outputs, so that they end with the command.
  '(while read -r x <&3; do :; done; kill "$p") >/dev/null 2>&1 & w=$!',
  'exec 3<&-',
  'wait "$p"; c=$?',
  'kill "$w" 2>/dev/null',
  'exit "$c"',
]
  .join('; ')
  .replaceAll('&; ', '& ');

export function guarded(argv: Argv): Argv {
  return ['sh', '-c', script, 'kha-lab-follow', ...argv];
}

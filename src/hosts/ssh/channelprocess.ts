// An SSH channel that runs a command, as a process that can be ended.
import { randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import type { KhaError } from '../../model/failure.ts';
import type { Argv } from '../host.ts';
import { quoteArgv } from '../quote.ts';
import type { Ended, RemoteProcess } from '../wire.ts';
import { afterMark } from './aftermark.ts';

/**
 * A command that first says its process id: servers pass signals on to ordinary logins at best, never to root's,
 * and leave a command running when its channel closes.
 */
export function namedCommand(argv: Argv): { readonly line: string; readonly mark: string } {
  const mark = `kha-lab-pid-${randomBytes(12).toString('hex')}`;
  return { mark, line: quoteArgv(['sh', '-c', 'echo "$0"; echo "$0 $$" >&2; exec "$@"', mark, ...argv]) };
}

/** Signals the command and whatever it started; the command alone where the server gave it no group of its own. */
export function killLine(pid: number, signal: 'TERM' | 'KILL'): string {
  const script = 'kill -s "$1" -- "-$0" 2>/dev/null || kill -s "$1" "$0" 2>/dev/null';
  return quoteArgv(['sh', '-c', script, String(pid), signal]);
}

export interface ChannelUse {
  readonly kind: 'command' | 'follower';
  /** Begins the line on both outputs before those of the command; on stderr with the process id. */
  readonly mark: string;
  /** Calls its listener when the connection is lost and returns the way to stop listening. */
  readonly whenLost: (listener: (failure: KhaError) => void) => () => void;
  readonly kill: (pid: number, signal: 'TERM' | 'KILL') => void;
}

export function channelProcess(
  channel: ClientChannel,
  { kind, mark, whenLost, kill }: ChannelUse,
): RemoteProcess {
  let code: number | null = null;
  let signal: string | null = null;
  let atEnd = false;
  let wanted: 'TERM' | 'KILL' | null = null;
  let pid: number | null = null;
  channel.on('exit', (...result: [number | null, string?]) => {
    code = result[0];
    signal = result[1] ?? null;
  });
  const stdout = afterMark(channel, mark, () => {});
  const stderr = afterMark(channel.stderr, mark, (found) => {
    pid = Number(found);
    if (wanted !== null && !atEnd) kill(pid, wanted);
  });
  const outputs = Promise.all(
    [stdout, stderr].map((output) => new Promise((resolve) => output.once('end', resolve))),
  );
  const ended = new Promise<Ended>((resolve, reject) => {
    const stop = whenLost((failure) => {
      atEnd = true;
      reject(failure);
    });
    // A channel says `close` when its first output was read to its end; the other comes to its own, and is waited for.
    channel.once('close', () => {
      // When the connection goes, its channels close first: let the connection speak.
      setImmediate(() => {
        stop();
        atEnd = true;
        outputs.then(() => resolve({ code, signal }));
      });
    });
  });
  ended.catch(() => {});
  const close = () => {
    channel.end();
    channel.close();
    stdout.resume();
    stderr.resume();
  };
  return {
    stdin: channel,
    stdout,
    stderr,
    ended,
    end(how) {
      if (atEnd) return;
      wanted = how;
      // A follower watches its input and ends with it.
      if (pid !== null && (kind === 'command' || how === 'KILL')) kill(pid, how);
      if (kind === 'follower' || how === 'KILL') close();
    },
  };
}

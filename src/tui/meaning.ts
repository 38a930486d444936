// A log line in few words: what it means, not how its version spelt it.
import type { LogEvent } from '../model/logevent.ts';
import type { Tone } from './line.ts';

export interface Meaning {
  readonly words: string;
  /** For narrow panes. */
  readonly short: string;
  readonly tone: Tone;
}

/** What an event means; null where only the line itself can say it. */
export function meaningOf(event: LogEvent): Meaning {
  switch (event.is) {
    case 'attempting':
      return say('wants the lock', 'plain');
    case 'held': {
      const holder = event.holder === null ? 'another' : bareHolder(event.holder);
      return { words: `held by ${holder}, not yet expired`, short: `held by ${holder}`, tone: 'standby' };
    }
    case 'notAcquired':
      return say('did not get the lock', 'dim');
    case 'acquired':
      return say('took the lock', 'leader');
    case 'renewed':
      return say('renewed', 'good');
    case 'gaveUp':
      return reasoned('could not renew in time', event.reason, 'bad');
    case 'lost':
      return say('lost the lock, ends', 'bad');
    case 'terminating':
      return say('ends: asked to stop', 'warn');
    case 'releaseFailed':
      return reasoned('could not release the lock', event.reason, 'bad');
    case 'lockError':
      return reasoned('lock not readable', event.reason, 'bad');
    case 'request': {
      const path = event.path.replace(/^.*\/(?=[^/]+\/[^/]+$)/, '').replace(/\?.*$/, '');
      const answer = `${event.status} in ${Math.round(event.tookMs)} ms`;
      const tone = event.status >= 400 ? 'warn' : 'dim';
      return { words: `${event.method} ${path} ${answer}`, short: `${event.method} ${answer}`, tone };
    }
    case 'nodeSilent':
      return say(`node ${event.node} is silent`, 'warn');
    case 'leaderEvent': {
      const who = bareHolder(event.identity);
      return say(event.change === 'became' ? `${who} became leader` : `${who} stopped leading`, 'leader');
    }
  }
}

/** `kuberm_1c0f…` (from 1.10) without its unique tail. */
export function bareHolder(holder: string): string {
  return holder.replace(/_[0-9a-f-]{8,}.*$/, '');
}

function say(words: string, tone: Tone): Meaning {
  return { words, short: words, tone };
}

function reasoned(words: string, reason: string | null, tone: Tone): Meaning {
  return { words: reason === null ? words : `${words}: ${reason}`, short: words, tone };
}

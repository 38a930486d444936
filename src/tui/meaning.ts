// A log line in few words: what it means, not how its version spelt it.
import type { LogEvent } from '../model/logevent.ts';
import type { Tone } from './line.ts';
import { texts } from './words/words.ts';

export interface Meaning {
  readonly words: string;
  /** For narrow panes. */
  readonly short: string;
  readonly tone: Tone;
}

/** What an event means; null where only the line itself can say it. */
export function meaningOf(event: LogEvent): Meaning {
  const { said } = texts();
  switch (event.is) {
    case 'attempting':
      return say(said.attempting, 'plain');
    case 'held': {
      const holder = event.holder === null ? said.another : bareHolder(event.holder);
      return { words: said.held(holder), short: said.heldShort(holder), tone: 'standby' };
    }
    case 'notAcquired':
      return say(said.notAcquired, 'dim');
    case 'acquired':
      return say(said.acquired, 'leader');
    case 'renewed':
      return say(said.renewed, 'good');
    case 'gaveUp':
      return reasoned(said.gaveUp, event.reason, 'bad');
    case 'lost':
      return say(said.lost, 'bad');
    case 'terminating':
      return say(said.terminating, 'warn');
    case 'releaseFailed':
      return reasoned(said.releaseFailed, event.reason, 'bad');
    case 'lockError':
      return reasoned(said.lockError, event.reason, 'bad');
    case 'request': {
      const path = event.path.replace(/^.*\/(?=[^/]+\/[^/]+$)/, '').replace(/\?.*$/, '');
      const answer = said.answered(event.status, Math.round(event.tookMs));
      const tone = event.status >= 400 ? 'warn' : 'dim';
      return { words: `${event.method} ${path} ${answer}`, short: `${event.method} ${answer}`, tone };
    }
    case 'nodeSilent':
      return say(said.nodeSilent(event.node), 'warn');
    case 'leaderEvent': {
      const who = bareHolder(event.identity);
      return say(event.change === 'became' ? said.became(who) : said.stopped(who), 'leader');
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

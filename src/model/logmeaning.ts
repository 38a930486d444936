// What a message of a leader-elected component means, in every spelling from Kubernetes 1.2 to 1.37.
import type { LogEvent } from './logevent.ts';
import { requestEvent } from './logrequest.ts';

export interface Message {
  /** The words, without header, quoting and fields. */
  readonly text: string;
  /** Base name of the source file that printed it; null when not known. */
  readonly file: string | null;
  /** A structured message's field; null when there is none. */
  readonly field: (key: string) => string | null;
}

type Field = Message['field'];

interface ElectorLine {
  readonly pattern: RegExp;
  readonly event: (found: RegExpExecArray, field: Field) => LogEvent;
}

const lockOf = (found: RegExpExecArray, field: Field) => field('lock') ?? found[1] ?? null;

// Commonest first: a leader prints one of the first line every two seconds, a standby of the next two.
const electorLines: readonly ElectorLine[] = [
  {
    pattern: /^suc+ess?fully renewed lease(?: (\S+))?/i,
    event: (found, field) => ({ is: 'renewed', lock: lockOf(found, field) }),
  },
  {
    pattern: /^(?:lock|lease) is held(?: by(?: (.+?))?)? and has not yet expired(?:: (\S+))?/i,
    event: (found, field) => ({
      is: 'held',
      lock: field('lock') ?? found[2] ?? null,
      holder: field('holder') ?? found[1] ?? null,
    }),
  },
  {
    pattern: /^failed to acquire lease(?: (\S+))?/i,
    event: (found, field) => ({ is: 'notAcquired', lock: lockOf(found, field) }),
  },
  {
    pattern: /^suc+ess?fully acquired lease(?: (\S+))?/i,
    event: (found, field) => ({ is: 'acquired', lock: lockOf(found, field) }),
  },
  {
    pattern: /^attempting to acquire leader lease(?: +([^\s.]\S*?))?(?:\.{3})?$/i,
    event: (found, field) => ({ is: 'attempting', lock: lockOf(found, field) }),
  },
  {
    pattern: /^failed to renew lease(?: ([^\s:]+))?(?:: (.*))?$/i,
    event: (found, field) => ({
      is: 'gaveUp',
      lock: lockOf(found, field),
      reason: field('err') ?? found[2] ?? null,
    }),
  },
  {
    pattern: /^(?:failed to release (?:lock|lease)|lease lock not found)/i,
    event: ({ input }, field) => ({ is: 'releaseFailed', reason: reasonOf(input, field) }),
  },
  {
    pattern:
      /^(?:error retrieving (?:(?:resource|lease) lock|endpoint)|error initially creating (?:leader election record|lease lock|endpoints)|failed to update (?:lock|lease)\b|conflict when releasing lease|err: )/i,
    event: ({ input }, field) => ({ is: 'lockError', reason: reasonOf(input, field) }),
  },
];

const lost = /(?:^|: |^migration )(?:lost (?:master|lease)|leaderelection lost(?:\/stopped)?)$/i;
const terminating = /^requested to terminate\b/i;
const silentNode = /^node (\S+) hasn't been updated for /;
/** As messages with fields, from about 1.26 on. */
const silentNodes = ["Node hasn't been updated", 'Condition of node was never updated by kubelet'];
const ofLeader = /^Event\(.*\): type: '\w*' reason: '(?:LeaderElection|%v[^']*)' (.*)$/;
const change = /^(.+) (became|stopped) lead(?:er|ing)$/;

/** The event a message tells of; null for all others. */
export function meaningOf(message: Message): LogEvent | null {
  const ofElector = message.file === null || message.file === 'leaderelection.go';
  return (ofElector ? electorEvent(message) : null) ?? processEvent(message) ?? requestEvent(message);
}

function electorEvent({ text, field }: Message): LogEvent | null {
  for (const { pattern, event } of electorLines) {
    const found = pattern.exec(text);
    if (found) return event(found, field);
  }
  return null;
}

function processEvent({ text, field }: Message): LogEvent | null {
  if (lost.test(text)) return { is: 'lost' };
  if (terminating.test(text)) return { is: 'terminating' };
  const node = silentNode.exec(text)?.[1] ?? (silentNodes.includes(text) ? field('node') : null);
  if (node !== null) return { is: 'nodeSilent', node };
  const said = text === 'Event occurred' ? leaderMessage(field) : ofLeader.exec(text)?.[1];
  const [, identity = '', verb] = change.exec(said ?? '') ?? [];
  if (verb !== 'became' && verb !== 'stopped') return null;
  return { is: 'leaderEvent', identity, change: verb };
}

function leaderMessage(field: Field): string | null {
  return field('reason') === 'LeaderElection' ? (field('message') ?? field('note')) : null;
}

/** The error: its own field, else what stands after the first `: `, else the whole text. */
function reasonOf(text: string, field: Field): string {
  return field('err') ?? /: (.*)$/.exec(text)?.[1] ?? text;
}

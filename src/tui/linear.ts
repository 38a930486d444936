// The run as plain text: one line for each change worth hearing, none for what only repeats itself.
import type { Observation } from '../model/observation.ts';
import type { Scene } from '../model/scene.ts';
import { harmless } from './line.ts';
import { bareHolder, meaningOf } from './meaning.ts';
import { askWords, waysWords } from './waywords.ts';
import { ageWords, offsetWords } from './wording.ts';

type Of<K extends Observation['kind']> = Extract<Observation, { readonly kind: K }>;

/** One line for an observation, or null. `scene` is what was known before it. */
export function announce(scene: Scene, observation: Observation): string | null {
  const words = wordsFor(scene, observation);
  if (words === null) return null;
  // A lock is the cluster's, not of the API server that showed it.
  const placed = observation.host !== null && observation.kind !== 'lock' && observation.kind !== 'round';
  const place = placed ? `${observation.host}: ` : '';
  return `${(observation.atMs / 1000).toFixed(3).padStart(8)} s  ${place}${harmless(words)}`;
}

function wordsFor(scene: Scene, o: Observation): string | null {
  switch (o.kind) {
    case 'run':
      return `${o.what} on ${o.target}: ${o.masters.map(({ name }) => name).join(', ')}`;
    case 'host':
      return hostWords(scene, o);
    case 'clock':
      return scene.masters[o.host ?? '']?.clock
        ? null
        : `clock ${offsetWords(o.offsetMs, o.offsetErrorMs)} against ours`;
    case 'instance': {
      const before = scene.masters[o.host ?? '']?.instances[o.component];
      if (before?.active === o.active && before.pid === o.pid) return null;
      return `${o.component} is ${o.active}${o.pid === null ? '' : `, pid ${o.pid}`}`;
    }
    case 'log':
      return logWords(scene, o);
    case 'gap':
      return `the log of ${o.component} has a gap: ${o.reason}`;
    case 'lock':
      return lockWords(scene, o);
    case 'api': {
      if (scene.masters[o.host ?? '']?.api?.ready === o.ready) return null;
      return o.ready ? 'API server ready' : `API server not ready${o.detail === null ? '' : `: ${o.detail}`}`;
    }
    case 'pod':
      return podWords(scene, o);
    case 'command':
      if (o.phase === 'shown') return `to run: ${o.text}`;
      return o.code === 0 ? `ran: ${o.text}` : `ran, exit ${o.code}: ${o.text}`;
    case 'round':
      return o.phase === 'begun' ? `round ${o.round} begins: ${o.fault} ${o.component} on ${o.from}` : null;
    case 'fault':
      return faultWords(o);
    case 'ways':
      return waysWords(scene, o);
    case 'ask':
      return askWords(scene, o);
    case 'canary':
      // Five a second: their sum is in the result.
      return null;
    case 'check':
      return checkWords(scene, o);
    case 'step':
      return o.phase === 'entered' ? `step: ${o.step}` : `step passed: ${o.step}`;
    case 'guess':
      return `guess: ${o.choice}`;
    case 'problem':
      return `problem: ${o.message} ${o.tryThis}`;
    case 'end':
      return `the run is over, exit ${o.exit}`;
    case 'endpoints':
    case 'event':
    case 'leader':
      return null;
  }
}

function hostWords(scene: Scene, o: Of<'host'>): string | null {
  if (scene.masters[o.host ?? '']?.host?.state === o.state) return null;
  const detail = o.detail === null ? '' : `: ${o.detail}`;
  if (o.state === 'up')
    return `connected${o.roundTripMs === null ? '' : `, ${o.roundTripMs.toFixed(1)} ms away`}`;
  if (o.state === 'lost') return `connection lost${detail}`;
  return o.state === 'connecting' ? `connecting${detail}` : null;
}

/** `watch` is for seeing every renewal and look; elsewhere only what changes who leads is said. */
function logWords(scene: Scene, o: Of<'log'>): string | null {
  if (o.event === null || o.event.is === 'request') return null;
  const routine = ['renewed', 'held', 'notAcquired', 'attempting', 'nodeSilent'].includes(o.event.is);
  if (routine && scene.run?.what !== 'watch') return null;
  return `${o.component} ${meaningOf(o.event).words}`;
}

function lockWords(scene: Scene, o: Of<'lock'>): string | null {
  const before = scene.locks[o.component];
  const holder = o.record?.holder ?? null;
  if (before && (before.seen.record?.holder ?? null) === holder) return null;
  const lock = `lock ${o.lock.namespace}/${o.lock.name}`;
  if (holder === null) return `${lock} has no record`;
  return holder === '' ? `${lock} is free` : `${lock} held by ${bareHolder(holder)}`;
}

function podWords(scene: Scene, { name, phase, node }: Of<'pod'>): string | null {
  const before = scene.pods[name];
  if (before?.phase === phase && before.node === node) return null;
  return `pod ${name} is ${phase}${node === null || phase === 'gone' ? '' : ` on ${node}`}`;
}

function faultWords({ phase, component, fault, returnsInMs, detail }: Of<'fault'>): string {
  const more = detail === undefined ? '' : ` (${detail})`;
  switch (phase) {
    case 'armed':
      return `way back armed${returnsInMs === undefined ? '' : `: ${component} returns within ${ageWords(returnsInMs)}`}${more}`;
    case 'issued':
      return `${fault} of ${component} issued${more}`;
    case 'effective':
      return `${fault} of ${component} has taken effect${more}`;
    case 'ended':
      return `${fault} of ${component} ends${more}`;
    case 'restored':
      return `${component} is put back${more}`;
    case 'disarmed':
      return `way back disarmed${more}`;
  }
}

function checkWords(scene: Scene, { id, title, ok, detail, tryThis }: Of<'check'>): string | null {
  const before = scene.checks[id];
  if (before?.ok === ok && before.detail === detail) return null;
  if (ok) return before?.ok ? null : `passed: ${title}`;
  return `failed: ${title}: ${detail}${tryThis === undefined ? '' : ` ${tryThis}`}`;
}

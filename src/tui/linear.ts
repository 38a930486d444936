// The run as plain text: one line for each change worth hearing, none for what only repeats itself.
import type { Observation } from '../model/observation.ts';
import type { Scene } from '../model/scene.ts';
import { harmless } from './line.ts';
import { bareHolder, meaningOf } from './meaning.ts';
import { askWords, waysWords } from './waywords.ts';
import { ageWords, offsetWords } from './wording.ts';
import { texts } from './words/words.ts';

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
  const said = texts().lines;
  switch (o.kind) {
    case 'run':
      return said.run(o.what, o.target, o.masters.map(({ name }) => name).join(', '));
    case 'host':
      return hostWords(scene, o);
    case 'clock':
      return scene.masters[o.host ?? '']?.clock ? null : said.clock(offsetWords(o.offsetMs, o.offsetErrorMs));
    case 'instance': {
      const before = scene.masters[o.host ?? '']?.instances[o.component];
      if (before?.active === o.active && before.pid === o.pid) return null;
      return `${said.unit(o.component, o.active)}${o.pid === null ? '' : `, pid ${o.pid}`}`;
    }
    case 'log':
      return logWords(scene, o);
    case 'gap':
      return said.gap(o.component, o.reason);
    case 'lock':
      return lockWords(scene, o);
    case 'api': {
      if (scene.masters[o.host ?? '']?.api?.ready === o.ready) return null;
      return o.ready ? said.ready : `${said.notReady}${o.detail === null ? '' : `: ${o.detail}`}`;
    }
    case 'pod':
      return podWords(scene, o);
    case 'command':
      if (o.phase === 'shown') return said.toRun(o.text);
      return o.code === 0 ? said.ran(o.text) : said.ranExit(o.code, o.text);
    case 'round':
      return o.phase === 'begun' ? said.round(o.round, o.fault, o.component, o.from) : null;
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
      return o.phase === 'entered' ? said.step(o.step) : said.stepPassed(o.step);
    case 'guess':
      return said.guess(o.choice);
    case 'problem':
      return said.problem(o.message, o.tryThis);
    case 'end':
      return said.over(o.exit);
    case 'endpoints':
    case 'event':
    case 'leader':
      return null;
  }
}

function hostWords(scene: Scene, o: Of<'host'>): string | null {
  if (scene.masters[o.host ?? '']?.host?.state === o.state) return null;
  const said = texts().lines;
  const detail = o.detail === null ? '' : `: ${o.detail}`;
  if (o.state === 'up')
    return o.roundTripMs === null ? said.connected : said.connectedAt(o.roundTripMs.toFixed(1));
  if (o.state === 'lost') return `${said.connectionLost}${detail}`;
  return o.state === 'connecting' ? `${said.connecting}${detail}` : null;
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
  const said = texts().lines;
  const lock = said.lock(`${o.lock.namespace}/${o.lock.name}`);
  if (holder === null) return said.noRecord(lock);
  return holder === '' ? said.free(lock) : said.heldBy(lock, bareHolder(holder));
}

function podWords(scene: Scene, { name, phase, node }: Of<'pod'>): string | null {
  const before = scene.pods[name];
  if (before?.phase === phase && before.node === node) return null;
  const said = texts().lines;
  if (phase === 'gone') return said.podGone(name);
  return `${said.pod(name, phase)}${node === null ? '' : said.onNode(node)}`;
}

function faultWords({ phase, component, fault, returnsInMs, detail }: Of<'fault'>): string {
  const said = texts().lines;
  const more = detail === undefined ? '' : ` (${detail})`;
  switch (phase) {
    case 'armed':
      return `${said.armed}${returnsInMs === undefined ? '' : said.returns(component, ageWords(returnsInMs))}${more}`;
    case 'issued':
      return `${said.issued(fault, component)}${more}`;
    case 'effective':
      return `${said.effective(fault, component)}${more}`;
    case 'ended':
      return `${said.ended(fault, component)}${more}`;
    case 'restored':
      return `${said.restored(component)}${more}`;
    case 'disarmed':
      return `${said.disarmed}${more}`;
  }
}

function checkWords(scene: Scene, { id, title, ok, detail, tryThis }: Of<'check'>): string | null {
  const before = scene.checks[id];
  if (before?.ok === ok && before.detail === detail) return null;
  const said = texts().lines;
  if (ok) return before?.ok ? null : said.passed(title);
  return `${said.failed(title, detail)}${tryThis === undefined ? '' : ` ${tryThis}`}`;
}

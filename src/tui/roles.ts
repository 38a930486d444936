// What an instance is doing, as symbol and word: leader, standby, stopped, frozen … never by colour alone.
import type { Scene } from '../model/scene.ts';
import { type Span, span, type Tone } from './line.ts';
import { texts } from './words/words.ts';

export type Role = 'leader' | 'standby' | 'stopped' | 'frozen' | 'starting' | 'missing' | 'unknown';

const looks: Readonly<Record<Role, readonly [symbol: string, tone: Tone]>> = {
  leader: ['★', 'leader'],
  standby: ['○', 'standby'],
  stopped: ['✗', 'bad'],
  frozen: ['‖', 'warn'],
  starting: ['·', 'warn'],
  missing: ['−', 'dim'],
  unknown: ['?', 'dim'],
};

export function roleOf(scene: Scene, master: string, component: string): Role {
  const instance = scene.masters[master]?.instances[component];
  const { fault } = scene;
  const struck = fault?.host === master && fault.component === component;
  if (struck && fault.fault === 'freeze' && (fault.phase === 'issued' || fault.phase === 'effective'))
    return 'frozen';
  if (instance?.active === 'missing') return 'missing';
  if (instance?.active === 'inactive' || instance?.active === 'failed') return 'stopped';
  if (instance?.active === 'activating' || instance?.active === 'deactivating')
    return instance.active === 'activating' ? 'starting' : 'stopped';
  if (scene.locks[component]?.master === master) return 'leader';
  if (instance?.active === 'active') return 'standby';
  return 'unknown';
}

/** `★ leader`. */
export function roleSpan(role: Role): Span {
  const [symbol, tone] = looks[role];
  return span(`${symbol} ${texts().roles[role]}`, tone);
}

// What is true now, by the stream so far.
import { describe, expect, it } from 'vitest';
import { emptyScene, seeScene } from '../../src/model/scene.ts';
import { lockSeen, looked, observations, record, renewed, run, type Told } from './roundstream.ts';

const sceneOf = (...told: readonly Told[]) => observations(told).reduce(seeScene, emptyScene);

describe('the scene', () => {
  it('names the master that holds the lock, also by the identity of the inventory', () => {
    const begun = run('kuberm', 'kuberm2');
    const seen = begun.seen.kind === 'run' ? begun.seen : null;
    const masters = [
      { name: 'kuberm', address: '', identity: 'node_1.lab' },
      ...(seen?.masters.slice(1) ?? []),
    ];
    const renamed: Told = seen ? { ...begun, seen: { ...seen, masters } } : begun;
    const scene = sceneOf(renamed, lockSeen(10, 1, record('node_1.lab_u')));
    expect(scene.locks['kube-scheduler']).toMatchObject({ master: 'kuberm', moves: 0, changedMs: 10 });
    expect(sceneOf(begun, lockSeen(10, 1, record('kuberm3'))).locks['kube-scheduler']?.master).toBeNull();
  });

  it('keeps to the newest version of the lock, whichever API server shows it first', () => {
    const scene = sceneOf(
      run('kuberm', 'kuberm2'),
      lockSeen(10, 1, record('kuberm')),
      lockSeen(20, 9, record('kuberm2')),
      lockSeen(25, 1, record('kuberm'), 'kuberm'),
      lockSeen(30, 9, record('kuberm2'), 'kuberm'),
    );
    expect(scene.locks['kube-scheduler']).toMatchObject({ master: 'kuberm2', moves: 1, changedMs: 20 });
  });

  it('counts what logs say, by master and kind', () => {
    const scene = sceneOf(
      run('kuberm', 'kuberm2'),
      renewed('kuberm', 10),
      renewed('kuberm', 2010),
      looked('kuberm2', 2500),
    );
    expect(scene.masters.kuberm?.logs['kube-scheduler']).toMatchObject({
      lines: 2,
      events: { renewed: { count: 2, lastMs: 2010 } },
    });
    expect(scene.masters.kuberm2?.logs['kube-scheduler']?.events.held?.count).toBe(1);
    expect(scene.lastMs).toBe(2500);
  });
});

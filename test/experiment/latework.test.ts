// A leader that comes only after the way back, as after a lost store, is watched until its first work: the outage ends there.
import { expect, test } from 'vitest';
import { runRound } from '../../src/experiment/round.ts';
import type { CanarySeen } from '../../src/model/observation.ts';
import { fakeRound } from './fakeround.ts';

const component = 'kube-scheduler';

test('its first work ends the outage, however long after its line it is done', async () => {
  const { request, masters, leave, hold } = fakeRound();
  const [a] = masters;
  if (!a) throw new Error('a master');
  const { observe, clock } = request;
  const canary = (number: number, phase: CanarySeen['phase']) =>
    observe({
      seen: { kind: 'canary', component, name: `its/canary-${number}`, phase, node: null },
      host: null,
      atMs: clock(),
      errorMs: 0,
    });
  const leadsAgain = () => {
    const event = { is: 'acquired', lock: null } as const;
    const line = { kind: 'log', component, line: 'acquired', event } as const;
    const [writtenMs, arrivedMs] = [clock(), clock() - request.startedMs];
    observe({ seen: { ...line, writtenMs, arrivedMs }, host: 'a', atMs: writtenMs, errorMs: 0 });
  };
  let renewing: NodeJS.Timeout | undefined;
  let renewals = 0;
  a.before = (line) => {
    if (line.startsWith('systemctl stop kube-')) {
      canary(1, 'created');
      canary(1, 'unschedulable');
    }
    return undefined;
  };
  a.after = (line) => {
    if (line.startsWith('systemctl stop kube-')) {
      canary(2, 'created');
      leave.abort();
    }
    if (line.startsWith('systemctl start ')) {
      leadsAgain();
      renewing = setInterval(() => {
        hold('a');
        renewals += 1;
        if (renewals === 5) canary(2, 'unschedulable');
      }, 100);
    }
  };
  const outcome = await runRound({
    ...request,
    fault: 'etcd',
    canaries: { everyMs: 200, namespace: 'its' },
    hurry: new AbortController().signal,
  });
  clearInterval(renewing);
  expect(outcome).toEqual({ notRestored: null, notSteady: null });
  const [round] = request.stage.scene().timeline.rounds;
  expect(round?.marks.map(({ name }) => name)).toContain('firstWork');
  expect(round?.outage?.ms).toBeGreaterThan(0);
});

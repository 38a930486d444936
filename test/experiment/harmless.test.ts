// What hosts and API servers say reaches no terminal and no recording with anything in it that a terminal would obey.
import { expect, test } from 'vitest';
import { restore } from '../../src/experiment/restore.ts';
import { toNobody } from '../../src/experiment/typed.ts';
import { say } from '../../src/experiment/watch/witness.ts';
import { withoutSecrets } from '../../src/model/argvsecrets.ts';
import { KhaError } from '../../src/model/failure.ts';
import type { Sighting } from '../../src/model/observation.ts';
import { fakeMaster } from './fakemaster.ts';

const evil = '\x1b]0;owned\x07\u202egnp';

test('in a failure', () => {
  const { message, tryThis } = new KhaError({ code: 'x', exit: 4, message: evil, tryThis: evil });
  for (const text of [message, tryThis]) expect(text).not.toMatch(/[\x1b\x07\u202e]/);
});

test('in an observation, however deep, with the lines of an output left apart', () => {
  const told: Sighting[] = [];
  const witness = { observe: (one: Sighting) => told.push(one), clock: () => 0 };
  say(witness, 'a', { kind: 'endpoints', addresses: [evil] });
  say(witness, 'a', {
    kind: 'command',
    text: 'ls',
    why: '',
    phase: 'ran',
    code: 0,
    tookMs: 1,
    output: `one\n${evil}`,
  });
  expect(JSON.stringify(told)).not.toMatch(/\\u001b|\\u0007|\u202e/);
  expect(told[1]?.seen).toMatchObject({ output: expect.stringMatching(/^one\n/) });
});

test('in what a master answers to being put back', async () => {
  const host = fakeMaster('a');
  host.units.set('kube-scheduler.service', 'inactive');
  host.before = (line) => (line.startsWith('systemctl start') ? { code: 1, stderr: evil } : undefined);
  const before = { id: 'kube-scheduler.service', active: 'active' } as never;
  const snapshots = [{ master: 'a', units: [before] }];
  const problem = await restore({
    host: () => host,
    undo: [],
    snapshots,
    woken: null,
    tell: toNobody,
    clock: () => 0,
    tryForMs: -1,
  });
  expect(problem).not.toMatch(/[\x1b\x07\u202e]/);
  expect(problem).toContain('owned');
});

test('no secret of a command line is recorded', () => {
  const argv = ['etcd', '--password=hunter2', '--token', 'abcdef', '--token-auth-file=/etc/tokens.csv'];
  expect(withoutSecrets(argv)).toEqual([
    'etcd',
    '--password=‹hidden›',
    '--token',
    '‹hidden›',
    '--token-auth-file=/etc/tokens.csv',
  ]);
  const plain = ['--initial-cluster-token=lab', '--service-account-lookup=true', '--leader-elect=true'];
  expect(withoutSecrets(plain)).toEqual(plain);
});

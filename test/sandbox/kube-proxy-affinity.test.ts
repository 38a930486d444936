// Where kube-proxy leads a client: to its own endpoint as long as that is listed, whether or not it answers.
import { expect, it } from 'vitest';
import { Affinity } from '../../src/sandbox/kube-proxy/affinity.ts';

const both = ['172.16.155.158:6443', '172.16.155.165:6443'];
const clients = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];
const hour = 3_600_000;

it('with ClientIP, each client keeps to one endpoint, and they are spread over all', () => {
  const affinity = new Affinity();
  const ask = (client: string, nowMs: number, endpoints: readonly string[] = both) =>
    affinity.choose({ client, endpoints, sticky: true, nowMs });
  const first = clients.map((client) => ask(client, 0));
  expect(first).toEqual([both[0], both[1], both[0], both[1]]);
  for (let at = 1; at < 5; at += 1)
    expect([...clients].reverse().map((client) => ask(client, at * hour))).toEqual([...first].reverse());

  // Out of the endpoints: its clients go elsewhere, the others stay.
  const one = both.slice(1);
  expect(clients.map((client) => ask(client, 5 * hour, one))).toEqual(clients.map(() => both[1]));
  // Back in them: nobody has a reason to move.
  expect(clients.map((client) => ask(client, 6 * hour))).toEqual(clients.map(() => both[1]));
  // Silent for longer than three hours, it is a new client, and the next in turn is the other one's.
  const later = clients.map((client) => ask(client, 10 * hour));
  expect(new Set(later)).toEqual(new Set(both));
  expect(ask('127.0.0.9', 0, [])).toBeNull();
});

it('without it, every connection goes to the next', () => {
  const affinity = new Affinity();
  const ask = () => affinity.choose({ client: '127.0.0.2', endpoints: both, sticky: false, nowMs: 0 });
  expect([ask(), ask(), ask()]).toEqual([both[0], both[1], both[0]]);
});

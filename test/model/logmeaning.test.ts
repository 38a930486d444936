// What lines mean in every spelling from Kubernetes 1.2 to 1.37, and that nothing in them reaches a terminal as an order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../../src/model/logevent.ts';
import { type LogContext, parseLogLine } from '../../src/model/logline.ts';

const arrivedMs = Date.UTC(2026, 10, 22, 20, 10);
const first: LogContext = { zoneMinutes: 0, arrivedMs, previous: null };
const lock = 'kube-system/kube-scheduler';

const said = (message: string, file = 'leaderelection.go', context: Partial<LogContext> = {}) =>
  parseLogLine(`I1122 20:04:00.355031    2278 ${file}:481] ${message}`, { ...first, ...context }).event;

describe('every spelling', () => {
  const spellings: readonly [message: string, event: LogEvent, file?: string][] = [
    ['attempting to acquire leader lease...', { is: 'attempting', lock: null }],
    [`attempting to acquire leader lease  ${lock}...`, { is: 'attempting', lock }],
    [`attempting to acquire leader lease ${lock}...`, { is: 'attempting', lock }],
    [`"Attempting to acquire leader lease..." lock="${lock}"`, { is: 'attempting', lock }],
    ['lock is held by a_b and has not yet expired', { is: 'held', lock: null, holder: 'a_b' }],
    [`lock is held by a_b and has not yet expired: ${lock}`, { is: 'held', lock, holder: 'a_b' }],
    [
      `"Lease is held by and has not yet expired" lock="${lock}" holder="a_b"`,
      { is: 'held', lock, holder: 'a_b' },
    ],
    [
      `"Lease is held and has not yet expired" lock="${lock}" holder="a_b"`,
      { is: 'held', lock, holder: 'a_b' },
    ],
    [`failed to acquire lease ${lock}`, { is: 'notAcquired', lock }],
    [`"Failed to acquire lease" lock="${lock}"`, { is: 'notAcquired', lock }],
    [`sucessfully acquired lease ${lock}`, { is: 'acquired', lock }],
    [`successfully acquired lease ${lock}`, { is: 'acquired', lock }],
    [`"Successfully acquired lease" lock="${lock}"`, { is: 'acquired', lock }],
    [`succesfully renewed lease ${lock}`, { is: 'renewed', lock }],
    [`successfully renewed lease ${lock}`, { is: 'renewed', lock }],
    [`"Successfully renewed lease" lock="${lock}"`, { is: 'renewed', lock }],
    [`failed to renew lease ${lock}`, { is: 'gaveUp', lock, reason: null }],
    [
      `failed to renew lease ${lock}: timed out waiting for the condition`,
      { is: 'gaveUp', lock, reason: 'timed out waiting for the condition' },
    ],
    [
      `"Failed to renew lease" lock="${lock}" err="context canceled"`,
      { is: 'gaveUp', lock, reason: 'context canceled' },
    ],
    [`error retrieving resource lock ${lock}: refused`, { is: 'lockError', reason: 'refused' }],
    [
      `"Error retrieving lease lock" err="say \\"no\\"" lock="${lock}"`,
      { is: 'lockError', reason: 'say "no"' },
    ],
    ['error initially creating leader election record: e', { is: 'lockError', reason: 'e' }],
    [`"Error initially creating lease lock" err="e" lock="${lock}"`, { is: 'lockError', reason: 'e' }],
    ['Failed to update lock: e', { is: 'lockError', reason: 'e' }],
    ['err: e', { is: 'lockError', reason: 'e' }],
    [
      'Failed to update lock optimitically: e, falling back to slow path',
      { is: 'lockError', reason: 'e, falling back to slow path' },
    ],
    [
      'Failed to update lock optimistically: e, falling back to slow path',
      { is: 'lockError', reason: 'e, falling back to slow path' },
    ],
    [
      `"Failed to update lease optimistically, falling back to slow path" err="e" lock="${lock}"`,
      { is: 'lockError', reason: 'e' },
    ],
    [`"Failed to update lease" err="e" lock="${lock}"`, { is: 'lockError', reason: 'e' }],
    [
      `"Conflict when releasing lease, retrying" lock="${lock}"`,
      { is: 'lockError', reason: 'Conflict when releasing lease, retrying' },
    ],
    ['Failed to release lock: e', { is: 'releaseFailed', reason: 'e' }],
    [`"Failed to release lease" err="e" lock="${lock}"`, { is: 'releaseFailed', reason: 'e' }],
    [`lease lock not found: ${lock}`, { is: 'releaseFailed', reason: lock }],
    [`"Lease lock not found" lock="${lock}"`, { is: 'releaseFailed', reason: 'Lease lock not found' }],
    ['lost master', { is: 'lost' }, 'server.go'],
    ['leaderelection lost', { is: 'lost' }, 'controllermanager.go'],
    ['scheduler app failed to run: lost lease', { is: 'lost' }, 'scheduler.go'],
    ['"Leaderelection lost"', { is: 'lost' }, 'server.go'],
    ['"leaderelection lost/stopped"', { is: 'lost' }, 'controllermanager.go'],
    ['migration leaderelection lost', { is: 'lost' }, 'controllermanager.go'],
    ['Requested to terminate. Exiting.', { is: 'terminating' }, 'server.go'],
    ['"Requested to terminate, exiting"', { is: 'terminating' }, 'server.go'],
    [
      `Event(v1.ObjectReference{Kind:"Endpoints", Name:"kube-scheduler"}): type: 'Normal' reason: 'LeaderElection' a_b stopped leading`,
      { is: 'leaderEvent', identity: 'a_b', change: 'stopped' },
      'event.go',
    ],
    [
      `Event(api.ObjectReference{Kind:"Endpoints"}): type: 'Normal' reason: '%v became leader' a became leader`,
      { is: 'leaderEvent', identity: 'a', change: 'became' },
      'event.go',
    ],
    [
      `"Event occurred" object="${lock}" fieldPath="" kind="Lease" apiVersion="coordination.k8s.io/v1" type="Normal" reason="LeaderElection" message="a_b became leader"`,
      { is: 'leaderEvent', identity: 'a_b', change: 'became' },
      'event.go',
    ],
    [
      'GET https://127.0.0.1:6443/api/v1/x?timeout=10s 404 Not Found in 2 milliseconds',
      { is: 'request', method: 'GET', path: '/api/v1/x?timeout=10s', status: 404, tookMs: 2 },
      'round_trippers.go',
    ],
    [
      'PUT https://127.0.0.1:6443/api/v1/x  in 0 milliseconds',
      { is: 'request', method: 'PUT', path: '/api/v1/x', status: 0, tookMs: 0 },
      'round_trippers.go',
    ],
    [
      '"Response" verb="PUT" url="https://[::1]:6443/apis/coordination.k8s.io/v1/x" status="200 OK" milliseconds=7',
      { is: 'request', method: 'PUT', path: '/apis/coordination.k8s.io/v1/x', status: 200, tookMs: 7 },
      'round_trippers.go',
    ],
  ];

  it.each(spellings)('%s', (message, event, file) => {
    expect(said(message, file)).toEqual(event);
  });

  it('means nothing else', () => {
    for (const [message, file] of [
      ['Successfully renewed lease x', 'controller.go'],
      ['"Failed to update lease" err="e"', 'controller.go'],
      [`"Lease has expired" lock="${lock}"`, 'leaderelection.go'],
      [`"Lease is marked as 'end of term'" lock="${lock}"`, 'leaderelection.go'],
      [`"Event occurred" object="default/x" reason="Started" message="x became leader"`, 'event.go'],
      ["GC'ing unscheduled pods which are terminating.", 'gc_controller.go'],
      ['Response Status: 200 OK in 2 milliseconds', 'round_trippers.go'],
    ] as const) {
      expect(said(message, file)).toBeNull();
    }
  });

  it('knows that up to 1.5 a standby said "failed to renew" after each look', () => {
    const previous = parseLogLine('I1122 20:04:00.1 x', first);
    const looked = { ...previous, event: { is: 'held', lock: null, holder: 'a' } } as const;
    const message = `failed to renew lease ${lock}`;
    expect(said(message, 'leaderelection.go', { previous: looked, version: 'v1.4.8' })).toEqual({
      is: 'notAcquired',
      lock,
    });
    expect(said(message, 'leaderelection.go', { previous: looked, version: 'v1.6.4' })?.is).toBe('gaveUp');
    expect(said(message, 'leaderelection.go', { version: 'v1.4.8' })?.is).toBe('gaveUp');
  });

  it('hears a lost lease without a header, and keeps a stack dump silent', () => {
    const previous = parseLogLine('F1122 20:04:00.355031 1 server.go:1] leaderelection lost', first);
    expect(previous.event).toEqual({ is: 'lost' });
    expect(parseLogLine('lost lease', { ...first, previous }).event).toEqual({ is: 'lost' });
    const dump = parseLogLine('goroutine 1 [running]: lost lease', { ...first, previous });
    expect(dump).toMatchObject({
      event: null,
      continues: true,
      writtenMs: null,
      afterMs: previous.writtenMs,
    });
    expect(parseLogLine('\tx.go:1 +0x1', { ...first, previous: dump })).toMatchObject({
      afterMs: previous.writtenMs,
    });
  });

  it('lets no order to the terminal through, however it is quoted', () => {
    expect(said(`"Lease is held by and has not yet expired" holder="a\\x1b[2J\\u009bb"`)).toEqual({
      is: 'held',
      lock: null,
      holder: 'a␛[2J‹U+009B›b',
    });
    const json = parseLogLine(
      '{"ts":1.5,"msg":"lock is held by \\u001b]0;x and has not yet expired","v":4}',
      first,
    );
    expect(json.event).toMatchObject({ holder: '␛]0;x' });
  });

  it('never throws, and all it returns is safe', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'I1122 20:04:00.355031 1 leaderelection.go:1] ',
        '"',
        'lock="',
        '{"log":"',
        '{"ts":1,"msg":"',
        '\x1b[',
        '=<',
        'F ',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const line = parseLogLine(pieces.join(''), first);
        const texts = [line.text, line.message, line.file ?? '', ...Object.values(line.event ?? {})];
        expect(texts.join('')).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

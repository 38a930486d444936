// Frames around lines, and the year and zone that headers leave out.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LogContext, type ParsedLine, parseLogLine } from '../../src/model/logline.ts';
import { readTime, writeTime } from '../../src/model/rfc3339.ts';

const arrivedMs = Date.UTC(2026, 10, 22, 20, 10);
const first: LogContext = { zoneMinutes: 0, arrivedMs, previous: null };
const acquired =
  'I1122 20:05:03.772137    1424 leaderelection.go:272] successfully acquired lease kube-system/x';
const event = { is: 'acquired', lock: 'kube-system/x' };

const written = (raw: string, context: Partial<LogContext> = {}) => {
  const { writtenMs } = parseLogLine(raw, { ...first, ...context });
  return writtenMs === null ? null : writeTime(writtenMs);
};

describe('the year of a header', () => {
  const atMidnight = (year: number) => Date.UTC(year, 0, 1);
  const line = (monthDay: string, time: string) => `I${monthDay} ${time} 1 a.go:1] x`;

  it('is the nearest to the arrival, on both sides of New Year', () => {
    expect(written(line('1231', '23:59:59.999999'), { arrivedMs: atMidnight(2027) + 500 })).toBe(
      '2026-12-31T23:59:59.999999Z',
    );
    expect(written(line('0101', '00:00:00.000001'), { arrivedMs: atMidnight(2027) - 500 })).toBe(
      '2027-01-01T00:00:00.000001Z',
    );
    const west = { arrivedMs: atMidnight(2027) + 3_600_000, zoneMinutes: -300 };
    expect(written(line('1231', '20:00:00.000000'), west)).toBe('2027-01-01T01:00:00.000000Z');
  });

  it('is a leap year for a 29 February', () => {
    expect(written(line('0229', '01:00:00.000000'), { arrivedMs: Date.UTC(2029, 1, 28) })).toBe(
      '2028-02-29T01:00:00.000000Z',
    );
    expect(written(line('1340', '01:00:00.000000'))).toBeNull();
  });

  it('comes from the head of the file, and goes on over New Year', () => {
    const lines = [
      'Log file created at: 2017/12/31 23:59:58',
      'Running on machine: kuberm',
      line('1231', '23:59:59.000000'),
      line('0101', '00:00:01.000000'),
      line('0701', '00:00:00.000000'),
    ];
    let previous: ParsedLine | null = null;
    const times = lines.map((raw) => {
      previous = parseLogLine(raw, { ...first, zoneMinutes: 480, previous });
      return previous.writtenMs === null ? null : writeTime(previous.writtenMs);
    });
    expect(times).toEqual([
      '2017-12-31T15:59:58.000000Z',
      null,
      '2017-12-31T15:59:59.000000Z',
      '2017-12-31T16:00:01.000000Z',
      '2018-06-30T16:00:00.000000Z',
    ]);
  });

  it('is found again for every instant read within five months, in every zone', () => {
    const instant = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2040, 0) });
    const late = fc.integer({ min: -60_000, max: 150 * 86_400_000 });
    fc.assert(
      fc.property(
        instant,
        late,
        fc.integer({ min: -48, max: 56 }),
        fc.integer({ min: 0, max: 999 }),
        (ms, lateMs, quarters, micros) => {
          const zoneMinutes = quarters * 15;
          const local = new Date(ms + zoneMinutes * 60_000).toISOString();
          const raw = line(
            local.slice(5, 10).replace('-', ''),
            `${local.slice(11, 23)}${String(micros).padStart(3, '0')}`,
          );
          const line0 = parseLogLine(raw, { zoneMinutes, arrivedMs: ms + lateMs, previous: null });
          expect(line0.writtenMs).toBeCloseTo(ms + micros / 1000, 3);
          // With the journal's own stamp a few seconds later the zone need not even be known.
          const entry = JSON.stringify({ MESSAGE: raw, __REALTIME_TIMESTAMP: String((ms + 3000) * 1000) });
          expect(parseLogLine(entry, first).writtenMs).toBeCloseTo(ms + micros / 1000, 3);
        },
      ),
    );
  });
});

describe('frames', () => {
  const micros = '1795377904772999';

  it('journal as JSON: the inner time wins, else the journal says', () => {
    const entry = (fields: object) =>
      JSON.stringify({ __CURSOR: 's=1;i=2', __REALTIME_TIMESTAMP: micros, ...fields });
    expect(parseLogLine(entry({ MESSAGE: acquired, _PID: '1424' }), first)).toMatchObject({
      event,
      text: acquired,
      cursor: 's=1;i=2',
    });
    expect(written(entry({ MESSAGE: acquired }))).toBe('2026-11-22T20:05:03.772137Z');
    expect(written(entry({ MESSAGE: acquired }), { zoneMinutes: 480 })).toBe('2026-11-22T20:05:03.772137Z');
    const own = entry({ MESSAGE: 'lost lease', _SOURCE_REALTIME_TIMESTAMP: '1795377904772001' });
    expect(parseLogLine(own, first)).toMatchObject({ event: { is: 'lost' } });
    expect(written(own)).toBe('2026-11-22T20:05:04.772001Z');
  });

  it('journal as JSON: bytes, nothing, and the manager speaking', () => {
    const bytes = [...new TextEncoder().encode(acquired), 0x1b, 0xff];
    const line = parseLogLine(JSON.stringify({ __REALTIME_TIMESTAMP: micros, MESSAGE: bytes }), first);
    expect(line).toMatchObject({ text: `${acquired}␛\ufffd`, event: { is: 'acquired' } });
    expect(
      parseLogLine(JSON.stringify({ __REALTIME_TIMESTAMP: micros, MESSAGE: null }), first),
    ).toMatchObject({ text: '' });
    const previous = line;
    const manager = {
      __REALTIME_TIMESTAMP: micros,
      MESSAGE: 'Stopped kube-scheduler.',
      SYSLOG_IDENTIFIER: 'systemd',
    };
    expect(parseLogLine(JSON.stringify(manager), { ...first, previous })).toMatchObject({
      continues: false,
      text: 'Stopped kube-scheduler.',
    });
  });

  it('journal in its short forms', () => {
    expect(parseLogLine(`Nov 22 20:05:03 kuberm kube-scheduler[1424]: ${acquired}`, first)).toMatchObject({
      event,
      text: acquired,
    });
    expect(written(`Nov 22 20:05:03.772200 kuberm kube-scheduler[1424]: ${acquired}`)).toBe(
      '2026-11-22T20:05:03.772137Z',
    );
    // Short-iso names the zone itself.
    expect(
      written(
        `2026-11-23T04:05:03+0800 kuberm kube-scheduler[1424]: ${acquired.replace('1122 20', '1123 04')}`,
      ),
    ).toBe('2026-11-22T20:05:03.772137Z');
  });

  it('container runtimes: zone from the frame, parts joined', () => {
    expect(
      parseLogLine(`2026-11-22T20:05:04.772137123Z stderr F ${acquired}`, { ...first, zoneMinutes: 480 }),
    ).toMatchObject({ event, text: acquired });
    expect(written(`2026-11-23T04:05:04.772137123+08:00 stderr F ${acquired}`, { zoneMinutes: 480 })).toBe(
      '2026-11-22T20:05:03.772137Z',
    );
    const begun = parseLogLine(`2026-11-22T20:05:04.772137123Z stderr P ${acquired.slice(0, 50)}`, first);
    expect(begun.event).toBeNull();
    const ended = parseLogLine(`2026-11-22T20:05:04.772137124Z stderr F ${acquired.slice(50)}`, {
      ...first,
      previous: begun,
    });
    expect(ended).toMatchObject({ event, text: acquired, partial: null });
  });

  it('docker: parts joined, line ends gone', () => {
    const docker = (log: string) =>
      JSON.stringify({ log, stream: 'stderr', time: '2026-11-22T20:05:04.772137354Z' });
    expect(parseLogLine(docker(`${acquired}\n`), first)).toMatchObject({
      event,
      text: acquired,
      partial: null,
    });
    const begun = parseLogLine(docker(acquired.slice(0, 40)), first);
    expect(parseLogLine(docker(`${acquired.slice(40)}\n`), { ...first, previous: begun })).toMatchObject({
      event,
      text: acquired,
    });
  });

  it('JSON logs of components, alone and within a frame', () => {
    const json = `{"ts":1795378481810.39,"caller":"leaderelection/leaderelection.go:258","msg":"Lease is held by and has not yet expired","v":4,"lock":"kube-system/x","holder":"a_b"}`;
    const held = { is: 'held', lock: 'kube-system/x', holder: 'a_b' };
    expect(parseLogLine(json, first)).toMatchObject({
      event: held,
      writtenMs: 1795378481810.39,
      file: 'leaderelection.go',
      line: 258,
      severity: 'info',
    });
    expect(parseLogLine(`2026-11-22T20:05:04.7Z stderr F ${json}`, first)).toMatchObject({
      event: held,
      writtenMs: 1795378481810.39,
    });
    const old = '{"ts":1795378481810.39,"msg":"successfully acquired lease kube-system/x\\n","v":0}';
    expect(parseLogLine(old, first)).toMatchObject({
      event,
      message: 'successfully acquired lease kube-system/x',
    });
    const error = '{"ts":1,"caller":"app/server.go:1","msg":"Leaderelection lost","err":"e"}';
    expect(parseLogLine(error, first)).toMatchObject({ event: { is: 'lost' }, severity: 'error' });
    expect(parseLogLine('{"ts":', first)).toMatchObject({ event: null, text: '{"ts":' });
  });
});

describe('times in text', () => {
  it('are read and written to the microsecond', () => {
    expect(writeTime(readTime('2026-11-22T19:50:29.542290Z') ?? 0)).toBe('2026-11-22T19:50:29.542290Z');
    expect(writeTime(Date.UTC(2026, 0) - 0.0001)).toBe('2026-01-01T00:00:00.000000Z');
    expect(readTime('2026-11-22T20:05:04+05:30')).toBe(Date.UTC(2026, 10, 22, 14, 35, 4));
    for (const text of ['', '2026-11-22', '2026-11-22T20:05:04', 'now']) expect(readTime(text)).toBeNull();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e15 }), (micros) => {
        const text = writeTime(micros / 1000);
        expect(Math.round((readTime(text) ?? 0) * 1000)).toBe(micros);
      }),
    );
  });
});

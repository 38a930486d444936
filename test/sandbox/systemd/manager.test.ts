// systemd in miniature, with real processes: states, restarts, stops, masks, timers.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../supervisor/poll.ts';
import { type Bench, createBench } from './bench.ts';

describe('a service manager', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = createBench();
  });
  afterEach(() => bench.clear());

  const sleeper = (...service: string[]) => {
    bench.unit('one.service', [
      '[Unit]',
      'Description=One',
      '[Service]',
      'ExecStart=/bin/sleep 1000',
      ...service,
    ]);
    return bench.manager.service('one.service');
  };
  const start = () => bench.manager.start('one.service');

  it('starts a process of its own group and stops it', async () => {
    const one = sleeper();
    await start();
    expect(one).toMatchObject({ active: 'active', sub: 'running', result: 'success' });
    const pid = one.mainPid;
    expect(bench.groups).toContain(pid);
    process.kill(-pid, 0);
    await bench.manager.stop('one.service');
    expect(one).toMatchObject({ active: 'inactive', sub: 'dead', mainPid: 0, result: 'success' });
    expect(() => process.kill(pid, 0)).toThrow();
    expect(bench.groups.size).toBe(0);
  });

  it('thaws a frozen process when it stops it, so that it can end by itself', async () => {
    const path = bench.script(
      'patient',
      "trap 'echo leaving; exit 0' TERM\necho here\nwhile :; do sleep 0.05; done",
    );
    bench.unit('one.service', ['[Service]', `ExecStart=${path}`]);
    await start();
    await until('it is here', () => bench.messages().includes('here'));
    const one = bench.manager.service('one.service');
    one.kill('SIGSTOP', 'all');
    await bench.manager.stop('one.service');
    await until('its last word', () => bench.messages().includes('leaving'));
    expect(one.result).toBe('success');
  });

  it('kills what does not end in time', async () => {
    const path = bench.script('stubborn', "trap '' TERM\necho deaf\nwhile :; do sleep 0.05; done");
    bench.unit('one.service', ['[Service]', `ExecStart=${path}`, 'TimeoutStopSec=200ms']);
    await start();
    await until('it is deaf', () => bench.messages().includes('deaf'));
    await bench.manager.stop('one.service');
    expect(bench.manager.service('one.service')).toMatchObject({
      active: 'failed',
      result: 'timeout',
      mainPid: 0,
    });
  });

  it('starts a killed service again, and counts', async () => {
    const one = sleeper('Restart=on-failure');
    await start();
    const pid = one.mainPid;
    one.kill('SIGKILL', 'all');
    await until('it runs again', () => one.mainPid !== 0 && one.mainPid !== pid);
    expect(one).toMatchObject({ active: 'active', restarts: 1 });
    expect(bench.messages()).toContain('one.service: Main process exited, code=killed, status=9/KILL');
  });

  it('does not start again what was masked meanwhile', async () => {
    const one = sleeper('Restart=on-failure');
    await start();
    bench.manager.files.mask('one.service', true);
    bench.manager.reload();
    expect(one.found).toMatchObject({ loadState: 'masked', unitFileState: 'masked-runtime' });
    one.kill('SIGKILL', 'all');
    await until('it has failed', () => one.active === 'failed');
    expect(one).toMatchObject({ result: 'resources', mainPid: 0 });
    await expect(start()).rejects.toThrow('Failed to start one.service: Unit one.service is masked.');
    bench.manager.files.unmask('one.service');
    bench.manager.reload();
    await start();
    expect(one.active).toBe('active');
  });

  it('gives up on what fails at every start', async () => {
    bench.unit('one.service', [
      '[Service]',
      `ExecStart=${bench.script('bad', 'exit 3')}`,
      'Restart=on-failure',
      'RestartSec=1ms',
    ]);
    await start();
    const one = bench.manager.service('one.service');
    await until('it is given up', () => one.active === 'failed');
    expect(one).toMatchObject({ result: 'start-limit-hit', restarts: 5, main: { code: 1, status: 3 } });
    await expect(start()).rejects.toThrow('Job for one.service failed.');
    one.resetFailed();
    expect(one).toMatchObject({ active: 'inactive', result: 'success', restarts: 0 });
  });

  it('waits for the word of a service that says when it is ready', async () => {
    const path = bench.script(
      'late',
      'while [ ! -e go ]; do sleep 0.02; done\necho READY=1 >&3\nexec sleep 1000',
    );
    bench.unit('one.service', ['[Service]', 'Type=notify', `ExecStart=${path}`]);
    const starting = start();
    const one = bench.manager.service('one.service');
    await until('it runs', () => one.mainPid !== 0);
    expect(one.active).toBe('activating');
    bench.script('go', '');
    await starting;
    expect(one.active).toBe('active');
  });

  it('lets a drop-in have the last word', async () => {
    sleeper('Restart=on-failure');
    const folder = 'run/systemd/system/one.service.d';
    const { mkdirSync, writeFileSync } = await import('node:fs');
    mkdirSync(`${bench.root}/${folder}`, { recursive: true });
    writeFileSync(`${bench.root}/${folder}/no.conf`, '[Service]\nRestart=no\n');
    bench.manager.reload();
    const one = bench.manager.service('one.service');
    expect(one.settings.restart).toBe('no');
    expect(one.found.dropInPaths).toEqual([`${bench.root}/${folder}/no.conf`]);
  });

  describe('with a timer of its own', () => {
    const order = (extra: object = {}) => ({
      name: 'kha-lab-return',
      description: 'Put back 100% by "me"',
      argv: ['/bin/sh', '-c', 'echo "$1; back" && exit 0', 'sh', 'two  words'],
      onActiveUs: 150_000,
      accuracyUs: 100_000,
      collect: false,
      properties: [],
      ...extra,
    });

    it('runs a command when the time has come, words kept whole, and forgets both units', async () => {
      const begun = performance.now();
      await bench.manager.runTransient(order());
      expect(bench.manager.timer('kha-lab-return.timer')?.unit).toBe('kha-lab-return.service');
      await until('it ran', () => bench.messages().includes('two  words; back'));
      expect(performance.now() - begun).toBeGreaterThanOrEqual(149);
      await until(
        'it is forgotten',
        () => bench.manager.files.find('kha-lab-return.service').loadState === 'not-found',
      );
      await bench.manager.runTransient(order());
    });

    it('refuses a name that is in use', async () => {
      await bench.manager.runTransient(order({ onActiveUs: 60e6 }));
      await expect(bench.manager.runTransient(order())).rejects.toThrow(
        'Failed to start transient timer unit: Unit kha-lab-return.timer was already loaded or has a fragment file.',
      );
      await bench.manager.stop('kha-lab-return.timer');
      await expect(bench.manager.stop('kha-lab-return.timer')).rejects.toThrow('not loaded');
      await bench.manager.runTransient(order({ onActiveUs: 60e6 }));
    });

    it('keeps one that failed, until it is forgotten by hand', async () => {
      await bench.manager.runTransient(order({ argv: ['/bin/sh', '-c', 'exit 3'], onActiveUs: 1000 }));
      const back = bench.manager.service('kha-lab-return.service');
      await until('it failed', () => back.active === 'failed');
      await expect(bench.manager.runTransient(order())).rejects.toThrow('already loaded');
      back.resetFailed();
      await bench.manager.runTransient(order());
    });
  });
});

// The tools on a master's PATH, called by their bare names as over SSH, through both clients.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programFile } from '../../../src/sandbox/programs.ts';
import { journalctl } from '../../../src/sandbox/shim/journalctl.ts';
import { serveShims } from '../../../src/sandbox/shim/server.ts';
import { systemctl } from '../../../src/sandbox/shim/systemctl/systemctl.ts';
import { systemdRun } from '../../../src/sandbox/shim/systemd-run.ts';
import { writeTools } from '../../../src/sandbox/shim/tools.ts';
import { until } from '../supervisor/poll.ts';
import { type Bench, createBench } from '../systemd/bench.ts';

describe.each(['perl', 'node'] as const)('the tools of a master, by %s', (client) => {
  let bench: Bench;
  let path: string;
  let close: () => void;

  beforeEach(async () => {
    bench = createBench();
    const folder = join(bench.root, 'bin');
    const socketPath = join(bench.root, 's.sock');
    path = `${folder}:/usr/bin:/bin`;
    mkdirSync(folder);
    writeTools({
      folder,
      root: bench.root,
      socketPath,
      hostname: 'kuberm',
      address: '172.16.155.158',
      nodeClient: programFile('shim'),
      ...(client === 'node' && { perl: null }),
    });
    const server = await serveShims(socketPath, {
      systemctl: systemctl(bench.manager),
      journalctl: journalctl(bench.manager),
      'systemd-run': systemdRun(bench.manager, path),
      echo: async ({ args, stdin, out, err }) => {
        out(`${args.join('|')}${stdin}`);
        err('aside');
        return 42;
      },
    });
    close = () => server.close();
    bench.unit('one.service', [
      '[Unit]',
      'Description=One',
      '[Service]',
      'ExecStart=/bin/sleep 1000',
      'Restart=on-failure',
    ]);
    bench.unit('two.service', [
      '[Service]',
      'ExecStart=/bin/sh -c "echo a b; exec sleep 9" --x=y',
      '[Install]',
      'WantedBy=multi-user.target',
    ]);
  });
  afterEach(() => {
    close();
    bench.clear();
  });

  const run = (command: string) =>
    execa('/bin/sh', ['-c', command], {
      reject: false,
      env: { PATH: path },
      extendEnv: false,
      stdin: 'ignore',
      cwd: bench.root,
    });

  it('answers with output, errors and code, words kept whole', async () => {
    writeFileSync(join(bench.root, 'bin/echo'), '');
    const { symlinkSync, rmSync } = await import('node:fs');
    rmSync(join(bench.root, 'bin/echo'));
    symlinkSync('.supervisor', join(bench.root, 'bin/echo'));
    const told = await run("printf 'given' | \"$PWD/bin/echo\" 'a  b' '' 'é$x' -");
    expect(told).toMatchObject({ stdout: 'a  b||é$x|-given', stderr: 'aside', exitCode: 42 });
  });

  it('shows units as systemctl does', async () => {
    await run('systemctl start one');
    const { stdout } = await run(
      'systemctl show --no-pager --property=Id,ActiveState,SubState,MainPID,ExecStart -p LoadState one.service two nope',
    );
    const [one = '', two = '', nope = ''] = stdout.split('\n\n');
    const pid = bench.manager.service('one.service').mainPid;
    expect(one).toMatch(new RegExp(`^MainPID=${pid}$`, 'm'));
    expect(one).toMatch(
      /^ExecStart=\{ path=\/bin\/sleep ; argv\[\]=\/bin\/sleep 1000 ; ignore_errors=no ; start_time=\[\w{3} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+\] ; stop_time=\[n\/a\] ; pid=\d+ ; code=\(null\) ; status=0\/0 \}$/m,
    );
    expect(two).toContain('argv[]=/bin/sh -c echo a b; exec sleep 9 --x=y ;');
    expect(nope).toBe('MainPID=0\nId=nope.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead');
    expect((await run("systemctl show -p Id '*.service'")).stdout).toBe('Id=one.service\n\nId=two.service');
    expect((await run('systemctl show -P MainPID one')).stdout).toBe(String(pid));
  });

  it('answers with systemctl’s exit codes and words', async () => {
    expect(await run('systemctl is-active one')).toMatchObject({ stdout: 'inactive', exitCode: 3 });
    expect(await run('systemctl start nope')).toMatchObject({
      stderr: 'Failed to start nope.service: Unit nope.service not found.',
      exitCode: 5,
    });
    expect(await run('systemctl is-enabled two')).toMatchObject({ stdout: 'disabled', exitCode: 1 });
    await run('systemctl enable two');
    expect(await run('systemctl is-enabled two')).toMatchObject({ stdout: 'enabled', exitCode: 0 });
    expect(await run('systemctl cat two')).toMatchObject({ exitCode: 0 });
    expect((await run('systemctl cat two')).stdout).toMatch(/^# \/.*\/two\.service\n\[Service\]/);
    expect(await run('systemctl bogus')).toMatchObject({
      stderr: 'Unknown command verb bogus.',
      exitCode: 1,
    });
  });

  it('kills with the signal asked for, through sudo as well', async () => {
    await run('systemctl start one');
    const { mainPid } = bench.manager.service('one.service');
    expect(await run('sudo -n systemctl kill --signal=SIGKILL one')).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    await until(
      'it runs anew',
      async () => !['0', `${mainPid}`].includes((await run('systemctl show -P MainPID one')).stdout),
    );
    expect((await run('systemctl show -p NRestarts one')).stdout).toBe('NRestarts=1');
  });

  it('arms a timer that can be read back, and refuses a second of its name', async () => {
    const arm =
      'systemd-run --unit=kha-lab-return "--description=me; 50%" --on-active=60 --timer-property=AccuracySec=100ms systemctl start one.service';
    expect(await run(arm)).toMatchObject({
      exitCode: 0,
      stderr: 'Running timer as unit: kha-lab-return.timer\nWill run service as unit: kha-lab-return.service',
    });
    expect(await run(arm)).toMatchObject({ exitCode: 1 });
    const shown = await run(
      'systemctl show -p LoadState,ActiveState,AccuracyUSec,Description kha-lab-return.timer',
    );
    expect(shown.stdout).toBe(
      'AccuracyUSec=100ms\nDescription=me; 50%\nLoadState=loaded\nActiveState=active',
    );
    const [timer] = JSON.parse((await run('systemctl list-timers --output=json')).stdout);
    expect(timer).toMatchObject({ unit: 'kha-lab-return.timer', activates: 'kha-lab-return.service' });
    await run('systemctl stop kha-lab-return.timer');
    expect(await run('systemctl stop kha-lab-return.timer')).toMatchObject({ exitCode: 5 });
  });

  it('reads the journal in several forms, and follows it', async () => {
    await run('systemctl start two');
    const cat = () => run('journalctl -u two -o cat --no-pager');
    await until('its line', async () => (await cat()).stdout.includes('a b'));
    const entry = JSON.parse((await run('journalctl -u two.service -n 1 -o json')).stdout);
    expect(entry).toMatchObject({
      MESSAGE: 'a b',
      _SYSTEMD_UNIT: 'two.service',
      SYSLOG_IDENTIFIER: 'sh',
      _HOSTNAME: 'kuberm',
    });
    expect(Math.abs(Number(entry.__REALTIME_TIMESTAMP) / 1000 - Date.now())).toBeLessThan(60_000);
    const iso = (await run('journalctl -u two -n 1 -o short-iso-precise')).stdout;
    expect(iso).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d{4} kuberm sh\[\d+\]: a b$/);
    expect((await run(`journalctl -u two -q -o cat '--after-cursor=${entry.__CURSOR}'`)).stdout).toBe('');
    expect((await run('journalctl -u one')).stdout).toBe('-- No entries --');
    const follow = run(
      'journalctl --unit two --lines 0 --follow --output=cat --no-pager --quiet & echo $! > pid; wait',
    );
    follow.catch(() => undefined);
    let heard = '';
    follow.stdout.on('data', (text) => {
      heard += text;
    });
    await until('a new line', async () => {
      await run('systemctl restart two');
      return heard.includes('a b\n');
    });
    await run('kill $(cat pid)');
    await follow;
  });

  it('keeps the laptop’s own out of reach', async () => {
    chmodSync(bench.root, 0o700);
    expect((await run('hostname; hostname -I')).stdout).toBe('kuberm\n172.16.155.158');
    for (const tool of ['ip6tables -L', 'shutdown now', 'mount', 'ip link'])
      expect(await run(tool)).toMatchObject({
        exitCode: 1,
        stderr: `${tool.split(' ')[0]}: not on a sandbox's master`,
      });
    expect((await run('date +%s%N')).stdout).toMatch(/^\d{19}$/);
    expect((await run('sudo -n -u root env A=b sh -c "echo $A; hostname"')).stdout).toContain('kuberm');
    expect(await run('sudo -n no-such-tool')).toMatchObject({
      exitCode: 1,
      stderr: 'sudo: no-such-tool: command not found',
    });
  });
});

// What faults on components run on a master, over real ssh: kill, freeze, drop-ins, API server and store gone.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../supervisor/poll.ts';
import { hasSsh } from '../supervisor/ssh.ts';
import { type Arena, createArena } from './arena.ts';

const unit = 'kube-scheduler.service';
const dropIns = `/run/systemd/system/${unit}.d`;
const dropIn = `${dropIns}/kha-lab.conf`;

describe.skipIf(!hasSsh)('a fault on a component', () => {
  let arena: Arena;
  const expectDone = async (master: string, command: string, input?: string) =>
    expect(await arena.on(master, command, input)).toMatchObject({ exitCode: 0, stderr: '' });
  const active = (master: string, name = unit) => arena.show(master, 'ActiveState', name);

  beforeEach(async () => {
    arena = await createArena();
  });
  afterEach(() => arena?.sandbox.down());

  it('holds a restart off by a runtime drop-in, and takes it back', async () => {
    await expectDone('kuberm', `sudo -n mkdir -p ${dropIns}`);
    await expectDone('kuberm', `sudo -n tee ${dropIn} >/dev/null`, '[Service]\nRestart=no\n');
    expect(await arena.show('kuberm', 'NeedDaemonReload', unit)).toBe('yes');
    expect(await arena.show('kuberm', 'Restart', unit)).toBe('on-failure');
    await expectDone('kuberm', 'systemctl daemon-reload');
    expect(await arena.show('kuberm', 'Restart', unit)).toBe('no');
    expect(await arena.show('kuberm', 'DropInPaths', unit)).toBe(dropIn);
    expect(await arena.say('kuberm', `systemctl cat ${unit}`)).toContain(
      `# ${dropIn}\n[Service]\nRestart=no`,
    );
    expect(await arena.say('kuberm', `ls ${dropIns}; cat ${dropIn}`)).toBe(
      'kha-lab.conf\n[Service]\nRestart=no',
    );
    await expectDone('kuberm', `systemctl kill --kill-whom=main --signal=SIGKILL ${unit}`);
    await until('it has failed', async () => (await active('kuberm')) === 'failed');
    expect(await arena.say('kuberm', `systemctl show -p NRestarts,MainPID,Result ${unit}`)).toBe(
      'MainPID=0\nResult=signal\nNRestarts=0',
    );
    expect(await arena.handedOver('kuberm2', 'kuberm')).toBe('kuberm2');

    await expectDone('kuberm', `rm -f ${dropIn}`);
    await expectDone('kuberm', `rmdir ${dropIns}`);
    await expectDone('kuberm', `systemctl daemon-reload && systemctl reset-failed ${unit}`);
    await expectDone('kuberm', `systemctl start ${unit}`);
    expect(await arena.say('kuberm', `systemctl show -p Restart,DropInPaths,ActiveState ${unit}`)).toBe(
      'Restart=on-failure\nActiveState=active\nDropInPaths=',
    );
    expect((await arena.on('kuberm', `test -e ${dropIns}`)).exitCode).toBe(1);
  });

  it('starts a killed one again after RestartSec, where nothing holds it off', async () => {
    await expectDone('kuberm', `mkdir -p ${dropIns}`);
    await expectDone('kuberm', `tee ${dropIn} >/dev/null`, '[Service]\nRestart=always\nRestartSec=700ms\n');
    await expectDone('kuberm', 'systemctl daemon-reload');
    const pid = await arena.show('kuberm', 'MainPID', unit);
    await expectDone('kuberm', `systemctl kill --kill-who=main --signal=SIGKILL ${unit}`);
    await until(
      'it waits to be started again',
      async () => (await arena.show('kuberm', 'SubState', unit)) === 'auto-restart',
    );
    await until('it runs again', async () => (await active('kuberm')) === 'active');
    expect(await arena.show('kuberm', 'MainPID', unit)).not.toBe(pid);
    expect(await arena.show('kuberm', 'NRestarts', unit)).toBe('1');
  });

  it('freezes the leader; the master itself thaws it, and then it finds out and exits', async () => {
    const pid = await arena.show('kuberm', 'MainPID', unit);
    await expectDone('kuberm', `systemctl kill --kill-whom=main --signal=SIGSTOP ${unit}`);
    expect(await active('kuberm')).toBe('active');
    expect(await arena.handedOver('kuberm2', 'kuberm')).toBe('kuberm2');
    const back = `systemctl kill --kill-whom=main --signal=SIGCONT ${unit}; sleep 0.1; systemctl start ${unit}`;
    const armed = await arena.on(
      'kuberm',
      `systemd-run --unit=kha-lab-return --on-active=1 --timer-property=AccuracySec=100ms sh -c '${back}'`,
    );
    expect(armed.exitCode).toBe(0);
    await until('it is another process', async () => {
      const now = await arena.show('kuberm', 'MainPID', unit);
      return now !== '0' && now !== pid;
    });
    expect(await arena.show('kuberm', 'LoadState', 'kha-lab-return.timer')).toBe('not-found');
  });

  it('stops the leader’s API server: the leader loses its lease and exits, the standby goes on', async () => {
    await expectDone('kuberm', 'systemctl stop kube-apiserver.service');
    expect(await active('kuberm', 'kube-apiserver.service')).toBe('inactive');
    expect(await arena.handedOver('kuberm2', 'kuberm')).toBe('kuberm2');
    expect(await arena.say('kuberm', `journalctl -u ${unit} -o cat`)).toMatch(
      /failed to renew lease kube-system\/kube-scheduler[\s\S]*lost master/,
    );
    await expectDone('kuberm', 'systemctl start kube-apiserver.service');
    expect(await arena.holder('kuberm')).toBe('kuberm2');
    await until('the old leader stands by', async () =>
      (await arena.say('kuberm', `journalctl -u ${unit} -o cat`)).includes('lock is held by kuberm2'),
    );
  });

  it('stops the store: both lose, and somebody leads once it is back', async () => {
    const lookedAt = () => arena.say('kuberm', `journalctl -u ${unit} -o cat`);
    await expectDone('kuberm', 'systemctl stop etcd.service');
    await until('the leader lost it', async () => (await lookedAt()).includes('lost master'));
    expect(await arena.holder('kuberm2')).toBe('');
    await expectDone('kuberm', 'systemctl start etcd.service');
    const led = () => arena.say('kuberm', 'date +%s%N');
    const backAt = BigInt(await led());
    const leader = await until(
      'somebody leads',
      async () => {
        for (const master of ['kuberm', 'kuberm2']) {
          const since = `@${Number(backAt / 1_000_000n) / 1000 - 0.5}`;
          const lines = await arena.say(master, `journalctl -u ${unit} -o cat --since=${since}`);
          if (lines.includes('successfully acquired lease')) return master;
        }
        return null;
      },
      15_000,
    );
    expect(await arena.holder('kuberm2')).toBe(leader);
  });
});

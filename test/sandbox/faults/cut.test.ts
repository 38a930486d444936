// A master cut off from every API server and the store by its own packet filter: packets vanish, nothing is refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../supervisor/poll.ts';
import { hasSsh } from '../supervisor/ssh.ts';
import { type Arena, createArena } from './arena.ts';

const servers = ['172.16.155.158 6443', '172.16.155.165 6443', '172.16.155.158 2379'];
const cut = [
  'iptables -w -N KHA-LAB-CUT',
  'iptables -w -A KHA-LAB-CUT -p tcp --sport 22 -j ACCEPT',
  ...servers
    .map((one) => one.split(' '))
    .map(([address, port]) => `iptables -w -A KHA-LAB-CUT -p tcp -d ${address} --dport ${port} -j DROP`),
  'iptables -w -I OUTPUT 1 -j KHA-LAB-CUT',
].join(' && ');
const back = [
  'iptables -w -D OUTPUT -j KHA-LAB-CUT',
  'iptables -w -F KHA-LAB-CUT',
  'iptables -w -X KHA-LAB-CUT',
].join(' && ');
const unit = 'kube-scheduler.service';

describe.skipIf(!hasSsh)('a master that is cut off', () => {
  let arena: Arena;
  const log = (master: string) => arena.say(master, `journalctl -u ${unit} -o cat`);

  beforeAll(async () => {
    arena = await createArena({ lock: 'leases' });
  });
  afterAll(() => arena?.sandbox.down());

  it('loses its lead while its packets vanish, and stands by once the master itself takes the cut back', async () => {
    const armed = await arena.on(
      'kuberm',
      `systemd-run --unit=kha-lab-return --on-active=7 --timer-property=AccuracySec=100ms sh -c '${back}'`,
    );
    expect(armed.exitCode).toBe(0);
    const stale = arena.on('kuberm', 'kubectl get --watch=true endpoints kubernetes');
    expect(await arena.on('kuberm', `sudo -n ${cut.replaceAll('&& ', '&& sudo -n ')}`)).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
    expect(await arena.say('kuberm', 'iptables -w -S OUTPUT')).toBe(
      '-P OUTPUT ACCEPT\n-A OUTPUT -j KHA-LAB-CUT',
    );
    // A new connection hangs too, and is answered when packets pass again.
    const asked = arena.on('kuberm', 'kubectl get endpoints kubernetes');
    const heard = new Set<string>();
    void asked.then(() => heard.add('answered'));

    await until(
      'the other leads',
      async () =>
        (await log('kuberm2')).includes('became leader') ||
        (await log('kuberm2')).includes('Successfully acquired lease'),
      15_000,
    );
    const lost = await until(
      'the old leader gave up',
      async () => {
        const text = await log('kuberm');
        return text.includes('Leaderelection lost') && text;
      },
      15_000,
    );
    expect(lost).toContain('context deadline exceeded');
    expect(lost).not.toMatch(/connection refused|ECONNRESET|socket hang up/);
    expect(heard.size).toBe(0);

    expect((await asked).stdout).toContain('172.16.155.158:6443');
    expect(await arena.say('kuberm', 'iptables -w -S')).toBe(
      '-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT',
    );
    await until('it stands by', async () => /Lease is held by/.test(await log('kuberm')), 15_000);
    expect(await arena.show('kuberm', 'ActiveState', unit)).toBe('active');
    void stale.kill();
  });

  it('is refused, not left hanging, by an API server that is stopped', async () => {
    await arena.on('kuberm2', 'systemctl stop kube-apiserver');
    const { stderr, exitCode } = await arena.on('kuberm2', 'kubectl get endpoints kubernetes');
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(/refused/i);
    await until('the log says so', async () => (await log('kuberm2')).includes('connection refused'));
    await arena.on('kuberm2', 'systemctl start kube-apiserver');
  });

  it('forgets a cut when it is rebooted', async () => {
    await arena.on('kuberm2', cut);
    await arena.on('kuberm2', 'reboot');
    await until(
      'it is up again',
      async () => (await arena.say('kuberm2', 'iptables -w -S OUTPUT')) === '-P OUTPUT ACCEPT',
    );
  });
});

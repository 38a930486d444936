// check: green on a healthy pair, naming the leaders; red, naming unit and master, when one is stopped.
import { expect, it } from 'vitest';
import { checkPrinted } from '../harness/printed.ts';
import { printedBy, runProgram } from '../harness/program.ts';
import { until } from '../harness/until.ts';
import type { Masters } from '../masters.ts';

export function checkSuite(pair: () => Masters): void {
  it('checks a healthy pair as good and names who leads', async () => {
    const masters = pair();
    const ran = await runProgram(masters, ['check']);
    const printed = printedBy(ran, checkPrinted);
    const failed = [...printed.masters.flatMap(({ checks }) => checks), ...printed.cluster.checks];
    expect(failed.filter(({ ok }) => !ok)).toEqual([]);
    expect(printed.ok).toBe(true);
    expect(ran.exitCode).toBe(0);
    expect(printed.masters.map(({ name, ok }) => [name, ok])).toEqual([
      ['kuberm', true],
      ['kuberm2', true],
    ]);
    expect(printed.leaders).toEqual({
      'kube-scheduler': await masters.leader('kube-scheduler'),
      'kube-controller-manager': await masters.leader('kube-controller-manager'),
    });
  });

  it('fails with exit 1 and names the unit and the master when a unit is stopped', async () => {
    const masters = pair();
    const standby = (await masters.leader('kube-scheduler')) === 'kuberm' ? 'kuberm2' : 'kuberm';
    const isActive = async () =>
      (
        await masters.run(standby, [
          'systemctl',
          'show',
          '--value',
          '--property=ActiveState',
          'kube-scheduler',
        ])
      ).trim();
    await masters.run(standby, ['systemctl', 'stop', 'kube-scheduler']);
    try {
      const ran = await runProgram(masters, ['check']);
      const printed = printedBy(ran, checkPrinted);
      expect(ran.exitCode).toBe(1);
      expect(printed.ok).toBe(false);
      expect(printed.masters.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([standby]);
      const red = printed.masters.flatMap(({ checks }) => checks.filter(({ ok }) => !ok));
      expect(red.map(({ title, detail }) => `${title} ${detail}`).join('\n')).toMatch(/kube-scheduler/);
      expect(await isActive()).toBe('inactive');
    } finally {
      await masters.run(standby, ['systemctl', 'start', 'kube-scheduler']);
    }
    await until(`${standby} stands by again`, async () => {
      const ran = await runProgram(masters, ['check']);
      return ran.exitCode === 0 ? true : undefined;
    });
    expect(await isActive()).toBe('active');
  });
}

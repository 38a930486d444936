// The program dies in the middle of a fault: the master puts its own unit back, and recover tells of it.
import { expect, it } from 'vitest';
import { recoverPrinted } from '../harness/printed.ts';
import { printedBy, runProgram, startStop, stateOf } from '../harness/program.ts';
import { snapshot } from '../harness/snapshot.ts';
import { until } from '../harness/until.ts';
import type { Component, Masters } from '../masters.ts';

export function killedSuite(pair: () => Masters, component: Component): void {
  it(`has ${component} back without the program, when that is killed in the middle of a fault`, async () => {
    const masters = pair();
    const leader = await masters.leader(component);
    if (leader === null) throw new Error(`nobody leads ${component}`);
    const before = await Promise.all(masters.names.map((name) => snapshot(masters, name)));

    const { program } = await startStop(masters, component, leader);
    program.kill('SIGKILL');
    await program;
    expect(await stateOf(masters, component, leader)).toBe('inactive');
    expect(await masters.run(leader, ['systemctl', 'list-timers', '--all'])).toMatch(/kha-lab-return/);

    await until(
      `${component} on ${leader} is back by itself`,
      async () => ((await stateOf(masters, component, leader)) === 'active' ? true : undefined),
      { withinMs: 300_000, everyMs: 500 },
    );
    const recovered = await runProgram(masters, ['recover']);
    expect(recovered.exitCode, recovered.stderr).toBe(0);
    const { recovered: told } = printedBy(recovered, recoverPrinted);
    // Its canaries' namespace, the fault itself, and the namespace of an earlier round that no API server could take away.
    const restored = { restored: true, problem: null };
    const ofThis = [
      { unit: expect.stringMatching(/^namespace\/kha-lab-/), ...restored },
      { master: leader, unit: `${component}.service`, ...restored },
    ];
    expect(told).toEqual(expect.arrayContaining(ofThis.map((one) => expect.objectContaining(one))));
    expect(told.filter((one) => !one.restored)).toEqual([]);

    const again = await runProgram(masters, ['recover']);
    expect(again.exitCode, again.stderr).toBe(0);
    expect(printedBy(again, recoverPrinted).recovered).toEqual([]);
    await until('the masters are as before', async () => {
      const after = await Promise.all(masters.names.map((name) => snapshot(masters, name)));
      expect(after).toEqual(before);
      return true;
    });
  });
}

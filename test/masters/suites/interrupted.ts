// Ctrl-C in the middle of a fault: the program puts everything back before it goes, and nothing is left to recover.
import { expect, it } from 'vitest';
import { recoverPrinted } from '../harness/printed.ts';
import { printedBy, runProgram, startStop } from '../harness/program.ts';
import { snapshot } from '../harness/snapshot.ts';
import { until } from '../harness/until.ts';
import type { Component, Masters } from '../masters.ts';

export function interruptedSuite(pair: () => Masters, component: Component): void {
  it(`puts ${component} back when it is interrupted in the middle of a fault, and exits 130`, async () => {
    const masters = pair();
    const leader = await masters.leader(component);
    if (leader === null) throw new Error(`nobody leads ${component}`);
    const before = await Promise.all(masters.names.map((name) => snapshot(masters, name)));

    const { program } = await startStop(masters, component, leader);
    program.kill('SIGINT');
    const { exitCode, stderr } = await program;
    expect(exitCode, stderr).toBe(130);
    const after = await Promise.all(masters.names.map((name) => snapshot(masters, name)));
    expect(after).toEqual(before);

    const recovered = await runProgram(masters, ['recover']);
    expect(recovered.exitCode, recovered.stderr).toBe(0);
    expect(printedBy(recovered, recoverPrinted)).toMatchObject({ recovered: [] });
    await until(`${component} is led again`, async () => (await masters.leader(component)) ?? undefined);
  });
}

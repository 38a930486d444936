// doctor: the rights it names are enough. They replace all others here, so every later test proves it again.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { postJson } from '../harness/api.ts';
import { kubeconfig } from '../harness/kubeconfig.ts';
import { addressOf } from '../harness/places.ts';
import { printedBy, runProgram } from '../harness/program.ts';
import type { Masters } from '../masters.ts';

const doctorPrinted = z.object({
  version: z.literal(1),
  ok: z.boolean(),
  sudoers: z.array(z.object({ master: z.string(), lines: z.array(z.string()).min(1) })),
  rbac: z.string(),
});
const failurePrinted = z.object({ error: z.object({ message: z.string(), tryThis: z.string() }) });
const RBAC = '/apis/rbac.authorization.k8s.io/v1';

export function rightsSuite(pair: () => Masters): void {
  it('names rights that are enough: no other is left to it from here on', async () => {
    const masters = pair();
    const ran = await runProgram(masters, ['doctor']);
    const printed = printedBy(ran, doctorPrinted);
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(printed.sudoers.map(({ master }) => master)).toEqual(masters.names);

    for (const { master, lines } of printed.sudoers) {
      const text = `${lines.join('\n')}\n`;
      expect(text).not.toMatch(/NOPASSWD:\s*ALL\b/);
      const file = join(masters.folder, 'memory', master, 'root/etc/sudoers.d/lab');
      await writeFile(file, text, { mode: 0o440 });
      await masters.run(master, ['visudo', '--check', '--quiet']);
    }
    const server = `https://${addressOf('kuberm')}:6443`;
    await writeFile(masters.kubeconfig, await kubeconfig(masters.api.pki, { client: 'lab', server }));
    // One who may see nothing is told so, and no fault is issued.
    const refused = await runProgram(masters, ['failover', '--yes']);
    const { error } = printedBy(refused, failurePrinted);
    expect(error.message).toMatch(/No fault was issued.*lock of kube-scheduler cannot be seen.*forbidden/);
    expect(error.tryThis).toMatch(/kha-lab doctor/);
    expect(refused.exitCode).toBe(4);

    const role = parse(printed.rbac) as { kind: string; metadata: { name: string } };
    expect(role.kind).toBe('ClusterRole');
    await postJson(masters.api, 'kuberm', { path: `${RBAC}/clusterroles`, object: role });
    const apiGroup = 'rbac.authorization.k8s.io';
    const object = {
      apiVersion: `${apiGroup}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'lab' },
      roleRef: { apiGroup, kind: 'ClusterRole', name: role.metadata.name },
      subjects: [{ apiGroup, kind: 'User', name: 'lab' }],
    };
    await postJson(masters.api, 'kuberm', { path: `${RBAC}/clusterrolebindings`, object });
    expect(await readFile(masters.inventory, 'utf8')).toContain(masters.kubeconfig);

    const checked = await runProgram(masters, ['check']);
    expect(checked.exitCode, checked.stdout).toBe(0);
  });
}

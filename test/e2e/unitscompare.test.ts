// kha-lab units --compare: a sandbox's own units, as they are and with some of them changed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { checkAnswer } from './contract/check.ts';
import { expectTold } from './contract/failure.ts';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';
import { sandboxUp } from './drivers/sandbox.ts';

const home = makeHome();
const word = z.string().nullable();
const judged = { component: z.string(), weight: z.enum(['harmless', 'matters', 'danger']), why: z.string() };
const answer = z.strictObject({
  version: z.literal(1),
  ok: z.boolean(),
  target: z.string(),
  masters: z.array(
    z.strictObject({
      name: z.string(),
      kubernetes: z.string(),
      comparedAs: word,
      units: z.array(
        z.strictObject({
          component: z.string(),
          unit: z.string(),
          differences: z.array(z.strictObject({ ...judged, flag: z.string(), found: word, expected: word })),
        }),
      ),
      missing: z.array(z.strictObject(judged)),
    }),
  ),
  between: z.array(
    z.strictObject({
      ...judged,
      flag: z.string(),
      values: z.array(z.strictObject({ master: z.string(), value: word })),
    }),
  ),
});

it('finds a sandbox’s units as rendered for the version it behaves as', async () => {
  const ran = await kha(home, ['units', '--compare', '--sandbox', '--json']);
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  const { ok, target, masters, between } = answer.parse(onlyObject(ran));
  expect({ ok, target, between }).toEqual({ ok: true, target: 'sandbox', between: [] });
  expect(masters.map(({ name, units, missing }) => [name, units.length, missing.length])).toEqual([
    ['kuberm', 6, 0],
    ['kuberm2', 3, 0],
  ]);
  const differing = masters.flatMap(({ units }) => units.flatMap((unit) => unit.differences));
  expect(new Set(differing.map(({ flag, found }) => `${flag}=${found}`))).toEqual(
    new Set(['insecure-port=0']),
  );
});

it('names what was changed on one master, what it means, and where the masters disagree', async () => {
  const sandbox = await sandboxUp(home);
  const file = (master: string, unit: string) =>
    join(sandbox.folder, 'masters', master, 'lib/systemd/system', `${unit}.service`);
  const change = (place: string, from: RegExp, to: string) => {
    const before = readFileSync(place, 'utf8');
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    writeFileSync(place, after);
  };
  change(file('kuberm2', 'kube-scheduler'), /--leader-elect=true/, '--leader-elect=false');
  change(file('kuberm2', 'kube-apiserver'), /--allow-privileged=false/, '--allow-privileged=true');
  change(file('kuberm2', 'kube-apiserver'), /--apiserver-count=2/, '--apiserver-count=1');
  change(
    file('kuberm', 'etcd'),
    /--listen-client-urls=https:\/\/127\.0\.0\.1/,
    '--listen-client-urls=http://0.0.0.0',
  );
  change(file('kuberm', 'kube-controller-manager'), /^Restart=.*\n/m, '');

  const compare = ['units', '--compare', '--inventory', sandbox.inventory];
  const ran = await kha(home, [...compare, '--json']);
  expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
  const { ok, masters, between } = answer.parse(onlyObject(ran));
  expect(ok).toBe(false);
  const grave = masters.flatMap(({ name, units }) =>
    units.flatMap(({ component, differences }) =>
      differences
        .filter(({ weight }) => weight !== 'harmless')
        .map(({ weight, flag, found }) => `${name} ${component} ${flag}=${found} ${weight}`),
    ),
  );
  expect(grave.sort()).toEqual([
    expect.stringMatching(/^kuberm etcd listen-client-urls=http:\/\/0\.0\.0\.0:\d+ danger$/),
    'kuberm kube-controller-manager Restart=null matters',
    'kuberm2 kube-apiserver apiserver-count=1 matters',
    'kuberm2 kube-scheduler leader-elect=false matters',
  ]);
  expect(between.map(({ component, flag }) => `${component} ${flag}`).sort()).toEqual([
    'kube-apiserver allow-privileged',
    'kube-apiserver apiserver-count',
    'kube-scheduler leader-elect',
  ]);

  const told = await kha(home, [...compare, '--quiet']);
  expect(told.exitCode).toBe(1);
  expect(told.stdout).toMatch(
    /^kuberm \(Kubernetes 1\.6\.4\)\n {2}✗ DANGER etcd: --listen-client-urls=http:/,
  );
  expect(told.stdout).toMatch(
    /^ {2}✗ kube-apiserver: --allow-privileged is false on kuberm, true on kuberm2: whether a privileged/m,
  );
  expect(told.stdout).not.toContain('✓');

  const checked = checkAnswer.parse(
    onlyObject(await kha(home, ['check', '--inventory', sandbox.inventory, '--json'])),
  );
  const failed = checked.cluster.checks.filter((one) => !one.ok);
  expect(failed.map(({ id }) => id)).toEqual(['units-agree']);
  expect(failed[0]?.detail).toMatch(
    /--allow-privileged is false on kuberm, true on kuberm2: .*--leader-elect/,
  );

  const newer = await kha(home, [...compare, '--kubernetes', '1.26', '--quiet']);
  expect(newer.stdout).toMatch(/--log-dir=\S+: gone in 1\.26: kube-apiserver 1\.26 does not start with it/);
});

it('writes nothing, and needs masters', async () => {
  expectTold(await kha(home, ['units', '--compare', '--out', 'x', '--sandbox']), {
    exit: 2,
    happened: /--compare writes nothing/,
    todo: /--out/,
  });
  expectTold(await kha(home, ['units', '--compare']), {
    exit: 2,
    happened: /no kha-lab\.yaml here/,
    todo: /--sandbox/,
  });
});

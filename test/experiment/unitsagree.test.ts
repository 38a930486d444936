// The check that the masters' units agree: green where they do, red with the flag, the reason and where to look.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type MasterInstances, unitsAgree } from '../../src/experiment/checks/units.ts';
import { execArgv, parseUnitFile } from '../../src/model/unitfile.ts';

const components = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

/** The tutorial's own masters. */
function tutorial(
  change: (argv: readonly string[]) => readonly string[] = (argv) => argv,
): MasterInstances[] {
  return ['kuberm', 'kuberm2'].map((name) => ({
    name,
    instances: components.map((component) => {
      const file = new URL(`../fixtures/tutorial/${name}.${component}.service`, import.meta.url);
      return { component, argv: change(execArgv(parseUnitFile(readFileSync(file, 'utf8')))) };
    }),
  }));
}

it('finds the one flag in which the tutorial’s two masters differ', async () => {
  const { ok, detail } = await unitsAgree(tutorial(), 'v1.6.4').ask();
  expect(ok).toBe(false);
  expect(detail).toMatch(
    /^Of kube-apiserver, --allow-privileged is false on kuberm, true on kuberm2: .*\. Look at: kha-lab units --compare$/,
  );
});

it('is content once they are alike, whatever each has its own', async () => {
  const alike = tutorial((argv) => argv.filter((word) => !word.startsWith('--allow-privileged')));
  expect(await unitsAgree(alike, 'v1.6.4').ask()).toMatchObject({ ok: true });
  expect(await unitsAgree(alike, null).ask()).toMatchObject({ ok: true });
});

it('goes by the version’s own defaults', async () => {
  const [first, second] = tutorial((argv) => argv.filter((word) => !word.startsWith('--allow-privileged')));
  if (!first || !second) throw new Error('two masters');
  const leased = second.instances.map(({ component, argv }) => ({
    component,
    argv: component === 'kube-apiserver' ? [...argv, '--endpoint-reconciler-type=lease'] : argv,
  }));
  const masters = [first, { ...second, instances: leased }];
  expect(await unitsAgree(masters, 'v1.9.11').ask()).toMatchObject({ ok: false });
  expect(await unitsAgree(masters, 'v1.11.10').ask()).toMatchObject({ ok: true });
});

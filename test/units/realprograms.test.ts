// The rendered command lines read by the real programs themselves, where they are built for the tests on real masters.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { execArgv, parseUnitFile } from '../../src/model/unitfile.ts';
import { tutorialMasters } from '../../src/units/tutorial.ts';
import { tutorialPlan } from '../../src/units/tutorialplan.ts';
import { unitsOf } from '../../src/units/units.ts';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kha-lab/kubernetes');
const components = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy'];
const programs = ['1.20.2', '1.36.3'].flatMap((version) =>
  components.map((component) => ({ version, component, program: join(cache, version, component) })),
);
const built = programs.filter(({ program }) => existsSync(program));
if (built.length === 0) console.warn('No real Kubernetes here: it does not read the rendered units.');

/** Reads its flags, then prints its help instead of starting; refuses a flag that it does not know. */
async function reads(program: string, flags: readonly string[]): Promise<string> {
  return promisify(execFile)(program, [...flags, '--help'], { maxBuffer: 1 << 24 }).then(
    () => 'all',
    ({ stderr }: { stderr: string }) => /unknown flag: \S+|invalid argument .*/.exec(stderr)?.[0] ?? stderr,
  );
}

function renderedFlags(version: string, component: string): readonly string[] {
  const [first = []] = unitsOf(tutorialPlan(tutorialMasters, version)).values();
  const unit = first.find(({ name }) => name === `${component}.service`);
  return execArgv(parseUnitFile(unit?.text ?? '')).slice(1);
}

describe.skipIf(built.length === 0)('the real program', () => {
  it.each(built)(
    'of $version knows every flag of $component',
    async ({ version, component, program }) => {
      const flags = renderedFlags(version, component);
      expect(flags.length).toBeGreaterThan(2);
      expect(await reads(program, flags)).toBe('all');
      expect(await reads(program, [...flags, '--api-servers=http://127.0.0.1:8080'])).toMatch(
        /--api-servers/,
      );
    },
    60_000,
  );
});

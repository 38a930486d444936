// kha-lab units: printed, as JSON, and written into a folder, for the tutorial's masters and for an inventory's.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { execArgv, flagsOf, parseUnitFile } from '../../src/model/unitfile.ts';
import { expectFailure, expectTold } from './contract/failure.ts';
import { makeHome } from './drivers/home.ts';
import { kha, onlyObject } from './drivers/program.ts';

const home = makeHome();
const word = z.string().nullable();
const answer = z.strictObject({
  version: z.literal(1),
  kubernetes: z.string(),
  masters: z.array(z.strictObject({ name: z.string(), address: z.string(), port: z.int().optional() })),
  files: z.array(z.strictObject({ path: z.string(), master: z.string(), text: z.string() })),
  notes: z.array(
    z.strictObject({
      master: z.string(),
      component: z.string(),
      posted: word,
      rendered: word,
      why: z.string(),
    }),
  ),
});

const flagsIn = (text: string) => flagsOf(execArgv(parseUnitFile(text)));

it('gives the eight units and the store of a version, with what became of each flag, as one object', async () => {
  const ran = await kha(home, ['units', '--kubernetes', 'v1.20.2', '--json']);
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  const { kubernetes, files, notes } = answer.parse(onlyObject(ran));
  expect(kubernetes).toBe('1.20.2');
  expect(files.map(({ path }) => path).sort()).toEqual(
    [
      ...['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-proxy', 'kube-scheduler', 'kubelet'].map(
        (name) => `kuberm/${name}.service`,
      ),
      ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map(
        (name) => `kuberm2/${name}.service`,
      ),
    ].sort(),
  );
  const second = files.find(({ path }) => path === 'kuberm2/kube-apiserver.service')?.text ?? '';
  expect(flagsIn(second).get('advertise-address')).toBe('172.16.155.165');
  expect(flagsIn(second).has('insecure-port')).toBe(false);
  expect(notes).toContainEqual(
    expect.objectContaining({ component: 'kube-apiserver', posted: '--insecure-port=8080', rendered: null }),
  );
});

it('writes one folder a master, and never over what is there without saying so', async () => {
  const out = join(home.work, 'rendered');
  const first = await kha(home, ['units', '--kubernetes', '1.6', '--out', 'rendered']);
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  expect(first.stdout).toMatch(/^wrote rendered\/kuberm\/etcd\.service$/m);
  expect(first.stdout).toMatch(
    /--insecure-bind-address=0\.0\.0\.0 is now --insecure-bind-address=127\.0\.0\.1/,
  );
  expect(readdirSync(out).sort()).toEqual(['kuberm', 'kuberm2']);
  const place = join(out, 'kuberm2/kube-scheduler.service');
  const rendered = readFileSync(place, 'utf8');
  expect(flagsIn(rendered).get('leader-elect')).toBe('true');
  const again = await kha(home, ['units', '--kubernetes', '1.6', '--out', 'rendered', '--quiet']);
  expect(again.stdout).toMatch(/^(unchanged \S+\n){9}$/);

  writeFileSync(place, 'mine\n');
  const refused = await kha(home, ['units', '--kubernetes', '1.6', '--out', 'rendered', '--json']);
  const { message } = expectFailure(refused, { code: 'units-exist', exit: 2 });
  expect(message).toContain('rendered/kuberm2/kube-scheduler.service is there already');
  expect(readFileSync(place, 'utf8')).toBe('mine\n');
  const forced = await kha(home, ['units', '--kubernetes', '1.6', '--out', 'rendered', '--force']);
  expect(forced.stdout).toMatch(/^replaced rendered\/kuberm2\/kube-scheduler\.service$/m);
  expect(readFileSync(place, 'utf8')).toBe(rendered);
});

it('takes the masters of an inventory, and says where it has no address', async () => {
  const inventory = (host: string) =>
    `masters:\n  - { name: east, ssh: { host: 10.1.0.1 } }\n  - { name: west, ssh: { host: ${host} } }\n`;
  writeFileSync(join(home.work, 'two.yaml'), inventory('10.1.0.2'));
  const ran = await kha(home, ['units', '--inventory', 'two.yaml', '--json']);
  const { files, masters, kubernetes } = answer.parse(onlyObject(ran));
  expect(kubernetes).toBe('1.36');
  expect(masters.map(({ name }) => name)).toEqual(['east', 'west']);
  const west = files.find(({ path }) => path === 'west/kube-scheduler.service')?.text ?? '';
  expect(flagsIn(west).get('master')).toBe('https://10.1.0.2:6443');
  writeFileSync(join(home.work, 'named.yaml'), inventory('west.invalid'));
  expectTold(await kha(home, ['units', '--inventory', 'named.yaml']), {
    exit: 2,
    happened: /no IP address of west/,
    todo: /api: \{ host/,
  });
});

it.each(['1.5', '1.37.0', 'newest', '2.0', '1.20.2.1'])('knows no version %s', async (version) => {
  const ran = await kha(home, ['units', '--kubernetes', version, '--out', 'never']);
  expectTold(ran, { exit: 2, happened: /is no Kubernetes version/, todo: /from 1\.6 to 1\.36/ });
  expect(existsSync(join(home.work, 'never'))).toBe(false);
});

it('prints them as one text, which reads back as the units', async () => {
  const { stdout } = await kha(home, ['units', '--kubernetes', '1.36.3']);
  expect(stdout).toMatch(/^# kuberm: \/lib\/systemd\/system\/etcd\.service\n# etcd\.service of kuberm for /);
  expect(stdout.match(/^ExecStart=/gm)).toHaveLength(9);
});

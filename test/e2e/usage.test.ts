// Wrong usage, and pipelines that name no masters: exit 2 at once, with what to do, and nothing is started.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expectFailure, expectTold } from './contract/failure.ts';
import { makeHome } from './drivers/home.ts';
import { kha } from './drivers/program.ts';
import { sandboxProcesses } from './drivers/sandbox.ts';

const home = makeHome();

it('says that the guided lab needs a terminal, and what works without one', async () => {
  const ran = await kha(home, []);
  expectTold(ran, { exit: 2, happened: /needs a terminal/, todo: /check, watch, failover/ });
  expect(ran.stdout).toBe('');
});

it.each(['check', 'watch', 'failover', 'doctor', 'lab --auto'])(
  'does not let a pipeline be green on a toy: %s without an inventory',
  async (words) => {
    const ran = await kha(home, words.split(' '));
    expectTold(ran, { exit: 2, happened: /no kha-lab\.yaml here/, todo: /--inventory FILE.*--sandbox/ });
    expect(sandboxProcesses(home)).toEqual([]);
  },
);

it.each([
  ['failover --nope', /unknown option '--nope'/],
  ['failover --sandbox --component etcd', /etcd/],
  ['failover --sandbox --fault explode', /explode/],
  ['failover --sandbox --runs 0', /0/],
  ['failover --sandbox --max-handover soon', /soon/],
  ['failover --sandbox --max-handover 0s', /longer than 0/],
  ['failover --sandbox --hold 10h', /put everything back by themselves after 5m at most/],
  ['failover --sandbox --let-restart', /--let-restart is for --fault kill, and this is --fault stop/],
  ['failover --sandbox --canary-every 50ms', /from 100ms to 5s/],
  ['failover --sandbox --lock paper', /paper/],
  ['predict --lease-duration 1500ms', /whole seconds/],
  ['predict --lease-duration 10s', /--lease-duration must be longer than --renew-deadline/],
  ['predict --renew-deadline 2s', /--renew-deadline must be longer than 1\.2 times/],
  ['predict --fault explode', /explode/],
  ['predict --component etcd', /etcd/],
  ['predict --standbys 0', /0/],
  ['predict --rounds many', /many/],
  ['predict --kubernetes newest', /"newest" is no Kubernetes version/],
  ['predict --kubernetes 1.5', /"1\.5" is no Kubernetes version whose/],
  ['predict --kubernetes v1.99', /"v1\.99" is no Kubernetes version whose/],
  ['predict --kubernetes v1.9.2', /--leader-elect was off by accident/],
  ['predict --inventory no-such.yaml', /no-such\.yaml/],
  ['watch --for 5', /20s, 1m30s/],
  ['sandbox up --retry-period 500ms', /whole seconds/],
  ['sandbox up --lease-duration 3s --renew-deadline 5s', /--lease-duration must be longer/],
  ['sandbox up --renew-deadline 2s --retry-period 2s', /--renew-deadline must be longer/],
  ['replay', /missing required argument/],
  ['replay nothing-here.ndjson', /There is no file nothing-here\.ndjson/],
  ['replay nothing-here.ndjson --speed fast', /above 0/],
  ['lab no-such-lab', /no lab/],
  ['chek', /no command `chek`/],
  ['no-such-word', /no command and no lab `no-such-word`/],
  ['check --sandbox --inventory x.yaml', /--sandbox and --inventory/],
])('refuses: %s', async (line, why) => {
  const ran = await kha(home, line.split(' '));
  expect(`${ran.exitCode} ${ran.stderr}`).toMatch(/^2 /);
  expect(ran.stderr).toMatch(why);
  expect(ran.stdout).toBe('');
  const told = await kha(home, [...line.split(' '), '--json']);
  expect(told.exitCode).toBe(2);
  const { error } = JSON.parse(told.stdout);
  expect(error).toMatchObject({ exit: 2, message: expect.stringMatching(why) });
  // Told once, there as here.
  for (const { stderr } of [ran, told]) expect(stderr).toBe(`${error.message}\n${error.tryThis}\n`);
});

it('says what a misspelt command was meant to be, and where all are listed', async () => {
  expectTold(await kha(home, ['chek']), { exit: 2, happened: /`chek`/, todo: /kha-lab check$/m });
  expect((await kha(home, ['check', '--jsno'])).stderr).toMatch(
    /Did you mean --json\?[\s\S]*kha-lab check --help/,
  );
});

it('says a failure as JSON on stdout, and to a person on stderr', async () => {
  const error = expectFailure(await kha(home, ['check', '--json']), { code: 'no-inventory', exit: 2 });
  expect(error.tryThis).toContain('--sandbox');
  expectFailure(await kha(home, ['failover', '--nope', '--json']), { code: 'usage', exit: 2 });
});

it('asks for somebody’s word before a lab, for all that it does', async () => {
  writeFileSync(join(home.work, 'mine.yaml'), 'masters: [{ name: a, ssh: { host: 127.0.0.1 } }]\n');
  const wish = ['lab', 'leases-today', '--auto', '--inventory', 'mine.yaml'];
  const happened = /A fault \(stop kube-scheduler, .*zombie kube-scheduler\) .* needs somebody's word/;
  expectTold(await kha(home, wish), { exit: 2, happened, todo: /--yes/ });
});

it('asks for somebody’s word before a fault on masters of an inventory', async () => {
  writeFileSync(join(home.work, 'mine.yaml'), 'masters: [{ name: a, ssh: { host: 127.0.0.1 } }]\n');
  const wish = ['failover', '--inventory', 'mine.yaml'];
  expectTold(await kha(home, wish), { exit: 2, happened: /needs somebody's word/, todo: /--yes/ });
  expectFailure(await kha(home, [...wish, '--json']), { code: 'needs-yes', exit: 2 });
});

it('leaves no recording of a run that never began', () => {
  expect(home.recordings()).toEqual([]);
});

it('prints help and version on stdout', async () => {
  const help = await kha(home, ['--help']);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  for (const name of [
    'lab',
    'check',
    'watch',
    'failover',
    'replay',
    'report',
    'compare',
    'recover',
    'sandbox',
    'init',
    'doctor',
    'units',
  ])
    expect(help.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(await kha(home, ['--version'])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
});

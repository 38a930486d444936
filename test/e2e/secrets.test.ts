// Secrets in logs, units, flags and the environment: in no recording, no --json, no line and no screen.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { printedKey, seeds } from '../model/seededsecrets.ts';
import { makeHome } from './drivers/home.ts';
import { until } from './drivers/poll.ts';
import { kha, start } from './drivers/program.ts';
import { sandboxUp } from './drivers/sandbox.ts';
import { Terminal } from './drivers/terminal.ts';

const home = makeHome();
const key = printedKey();
const env = { KHA_TEST_TOKEN: 'environmental7', PASSWORD: 'environmental7' };
const unitSecret = 'unit5ecret';

/** Every secret, each a word that stands nowhere else. */
const secrets = [...seeds.map(({ secret }) => secret), ...key.slice(1, -1), 'environmental7', unitSecret];

function expectNoSecret(text: string): void {
  const told = secrets.flatMap((secret) => {
    const at = text.indexOf(secret);
    return at < 0 ? [] : [text.slice(Math.max(0, at - 120), at + 40)];
  });
  expect(told).toEqual([]);
}

it('lets none through, from a log as it grows and from a unit file', async () => {
  const sandbox = await sandboxUp(home);
  const master = join(sandbox.folder, 'masters/kuberm');
  const unit = join(master, 'lib/systemd/system/kube-scheduler.service');
  const text = readFileSync(unit, 'utf8');
  writeFileSync(
    unit,
    text.replace('--leader-elect=true', `--leader-elect=true --api-password=${unitSecret}`),
  );
  const log = join(master, 'var/log/kubernetes/kube-controller-manager.INFO');
  /** Numbered, so that each can be waited for. */
  const pour = (name: string) => {
    for (const [index, { line }] of seeds.entries())
      appendFileSync(log, `${line} ${name}-${index}\n${line}\n`);
    appendFileSync(log, `${key.join('\n')}\nI1122 20:05:03.886000 1 seed.go:1] ${name}-last\n`);
  };

  const recorded = join(home.work, 'seeded.ndjson');
  const masters = ['--inventory', sandbox.inventory];
  const watch = start(home, ['watch', ...masters, '--json', '--record', recorded], { env });
  await until(
    'the log is followed',
    () => /"host":"kuberm","kind":"log","component":"kube-controller-manager"/.test(watch.stdout()),
    {
      withinMs: 60_000,
      instead: () => watch.stderr(),
    },
  );
  pour('watched');
  await until('the seeds are seen', () => watch.stdout().includes('watched-last'), { withinMs: 60_000 });
  watch.kill('SIGINT');
  const watched = await watch.ended;
  const kept = readFileSync(recorded, 'utf8');
  // What stood beside the secrets is there: they were hidden, not lost.
  expect(kept).toContain(`watched-${seeds.length - 1}`);
  expect(kept).toContain('--api-password=‹hidden›');
  expect(kept).toContain('-----BEGIN RSA PRIVATE KEY-----‹hidden›');
  for (const said of [watched.stdout, watched.stderr, kept]) expectNoSecret(said);

  const checked = await kha(home, ['check', ...masters, '--json', '-v'], { env });
  expectNoSecret(checked.stdout + checked.stderr);
  // The masters' units differ now: it is said in which flag, not by what.
  expect(checked.stdout).toContain('--api-password is ‹hidden›');
  const replayed = await kha(home, ['replay', recorded, '--plain'], { env });
  expectNoSecret(replayed.stdout + replayed.stderr);

  const screen = await Terminal.run(home, { args: ['watch', ...masters], env, columns: 120, rows: 40 });
  await screen.sees('kube-scheduler');
  // Every line as written, of the component whose log is poured into, and of those only ours.
  screen.press('o').press('v').press('v').types('/onscreen').press('enter');
  await screen.sees('onscreen');
  pour('onscreen');
  await screen.sees('onscreen-last');
  screen.press('q');
  await screen.ends(0);
  expectNoSecret(screen.bytes());
});

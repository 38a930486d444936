// What a round types is told, all of it and nothing else, and a dry run has shown it.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import {
  designFault,
  type FaultKind,
  plannedCommands,
  returnAfterSeconds,
} from '../../src/experiment/faults.ts';
import { groundOf } from '../../src/experiment/round/prepare.ts';
import { runRound } from '../../src/experiment/round.ts';
import { typedText } from '../../src/experiment/typed.ts';
import type { CommandRun } from '../../src/model/observation.ts';
import { fakeMaster, lostConnection } from './fakemaster.ts';
import { fakeRound } from './fakeround.ts';

const unit = 'kube-scheduler.service';

/** A round that is left as soon as its fault is on, with all that was told of commands and of the fault. */
function leavingRound(fault: FaultKind) {
  const round = fakeRound();
  const commands: (CommandRun & { host: string | null })[] = [];
  const request = {
    ...round.request,
    fault,
    observe(one: Parameters<typeof round.request.observe>[0]) {
      if (one.seen.kind === 'command') commands.push({ ...one.seen, host: one.host });
      round.request.observe(one);
    },
  };
  const [a, b] = round.masters;
  const [first] = request.target.masters;
  if (!a || !b || !first) throw new Error('two masters');
  const ground = groundOf(request, first);
  const design = designFault(ground);
  const afterSeconds = returnAfterSeconds(ground);
  a.after = (line) => {
    // One that is killed, or wakes to find its crown gone, has failed.
    if (/SIGKILL|SIGCONT/.test(line)) a.units.set(unit, 'failed');
    if (line === design.issue.join(' ')) round.leave.abort();
  };
  const told = (host: string) => commands.filter((one) => one.host === host);
  const ran = (host: string) => told(host).filter(({ phase }) => phase === 'ran');
  return { round, request, design, afterSeconds, a, b, told, ran };
}

const undescribed = (text: string) => text.replace(/--description=.* --on-active/, '--on-active');
/** All but the one that does nothing, by which is measured how long a command takes. */
const isTyped = (line: string) => line !== 'true';
const unfed = (text: string) => text.replace(/ <<< .*/, '');

test.each(['stop', 'kill', 'freeze', 'cut', 'apiserver'] as const)(
  'every command of %s is shown, told with its end, and was in the dry run',
  async (fault) => {
    const { request, design, afterSeconds, a, b, told, ran } = leavingRound(fault);
    await expect(runRound(request)).resolves.toMatchObject({ notRestored: null });
    const plan = plannedCommands({
      design,
      masters: request.target.masters,
      afterSeconds,
      description: 'it',
    });
    const planned = plan.map(({ host, text }) => `${host} ${undescribed(text)}`);
    for (const master of [a, b]) {
      const typed = ran(master.name);
      expect(typed.map(({ text }) => unfed(text))).toEqual(master.changes.filter(isTyped));
      for (const { text } of typed) expect(planned).toContain(`${master.name} ${undescribed(text)}`);
      expect(told(master.name).map(({ phase }) => phase)).toEqual(typed.flatMap(() => ['shown', 'ran']));
    }
    // Read again and again on purpose: units' files once changed and once back, and the firewall.
    const once = a.changes.filter((line) => !/daemon-reload|iptables -w -S/.test(line));
    expect(once).toEqual([...new Set(once)]);
  },
);

test('a command of the way back that did not end well is taken again, and so is all after it', async () => {
  const { request, a } = leavingRound('cut');
  let refused = 0;
  a.before = (line) => {
    // A rule that is still there: what comes after it changes nothing yet.
    if (
      line === 'iptables -w -S OUTPUT' &&
      a.changes.some((one) => /^iptables -w -X /.test(one)) &&
      refused++ === 0
    )
      return { stdout: '-A OUTPUT -j KHA-LAB-CUT' };
    return undefined;
  };
  await expect(runRound(request)).resolves.toMatchObject({ notRestored: null });
  expect(a.changes.filter((line) => /^iptables -w -D OUTPUT /.test(line))).toHaveLength(2);
  expect(a.changes.filter((line) => /^iptables -w -X /.test(line))).toHaveLength(2);
});

test('a timer that is another’s is told as refused, and not as disarmed', async () => {
  const { request, b, ran } = leavingRound('stop');
  b.timer = 'kha-lab 99 since noon';
  await expect(runRound(request)).rejects.toMatchObject({ code: 'busy' });
  expect(ran('b').map(({ text, code }) => [text.split(' ')[0], code])).toEqual([['systemd-run', 1]]);
});

test('a command whose answer was lost was shown, and nobody says that it ran', async () => {
  const { request, a, told } = leavingRound('stop');
  a.after = (line) => {
    if (line === `systemctl stop ${unit}`) throw lostConnection();
  };
  await expect(runRound(request)).rejects.toMatchObject({ code: 'connection-lost' });
  const phases = told('a').flatMap(({ text, phase }) => (text === `systemctl stop ${unit}` ? [phase] : []));
  expect(phases).toEqual(['shown']);
});

test('what a command reads is shown so that bash would give it the same', () => {
  const input = "[Service]\nRestart=no # it's \\ $HOME\n";
  const text = typedText(fakeMaster('a'), { argv: ['cat'], input });
  expect(text).not.toContain('\n');
  expect(execFileSync('bash', ['-c', text], { encoding: 'utf8' })).toBe(input);
});

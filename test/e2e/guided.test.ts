// The guided lab at 80x24, walked to its end with the keys the last line offers, left in the middle and gone on with.
import { expect, it } from 'vitest';
import { makeHome, readTape } from './drivers/home.ts';
import { expectNothingLeft } from './drivers/sandbox.ts';
import { Terminal } from './drivers/terminal.ts';

interface Walked {
  readonly step: RegExp;
  /** The second choice, where one must guess first. */
  readonly guess?: RegExp;
  /** Titles of what is run there, in order. */
  readonly actions?: readonly string[];
  /** What a person sees once the step is done. */
  readonly done: readonly RegExp[];
}

const toTheStop: readonly Walked[] = [
  {
    step: / \d+\/\d+ +Meet the masters/,
    done: [/kuberm and kuberm2 answer/, /✓ every master answers/, /✓ clocks compared/],
  },
  {
    step: / \d+\/\d+ +One address for all/,
    actions: ['Look at the service', 'Look at it closely'],
    done: [/✓ API servers ready/, /✓ service seen/, /✓ targetPort found/],
  },
  {
    step: / \d+\/\d+ +The addresses behind it/,
    actions: ['List the addresses', 'See the same in etcd'],
    done: [/✓ every API server listed/, /✓ endpoints seen/],
  },
  {
    step: / \d+\/\d+ +A container's way in/,
    guess: /▸ about 2 s/,
    actions: ['Kill it, and ask'],
    done: [
      /[2-4] of 4 clients lost their server/,
      /✓ requests fail/,
      /✓ the API server of kuberm2 is put back/,
      /✓ service +\d+ of \d+ requests failed/,
    ],
  },
  {
    step: / \d+\/\d+ +A node's way in/,
    guess: /▸ about a second or two/,
    actions: ['Kill it, and ask both ways'],
    done: [/✓ the node is stranded/, /✓ load balancer counted/, /✓ one server +\d+ of \d+ requests failed/],
  },
  {
    step: / \d+\/\d+ +Two run, one works/,
    actions: ["Read the scheduler's unit", 'See that it runs on every master'],
    done: [/✓ leader-elect on/, /✓ asked systemd/],
  },
  {
    step: / \d+\/\d+ +The units side by side/,
    actions: ["Read the API servers' units"],
    done: [/✓ what must be alike is alike/, /✓ no port open without login/],
  },
  {
    step: / \d+\/\d+ +Who leads, and why/,
    actions: ["Read the scheduler's lock"],
    done: [/✓ one scheduler leads/, /✓ a standby is there/, /✓ lock read/],
  },
  { step: / \d+\/\d+ +The leader renews/, done: [/✓ three renewals/, /renewed/] },
  { step: / \d+\/\d+ +The standby looks/, done: [/✓ two looks/, /held by kuberm/] },
  {
    step: / \d+\/\d+ +One writes, all others read/,
    done: [/✓ the leader PUTs its lock/, /✓ the standby only GETs/],
  },
];

const afterTheStop: readonly Walked[] = [
  { step: / \d+\/\d+ +What the new leader says/, done: [/✓ lease acquired/, /✓ event in the cluster/] },
  { step: / \d+\/\d+ +The neighbour did not move/, done: [/✓ its lock unmoved/, /ctrl-mgr ★ leader/] },
  {
    step: / \d+\/\d+ +Put back/,
    done: [/✓ put back/, /✓ old leader stands by/, /kuberm +ssh .*sched ○ standby/],
  },
  {
    step: / \d+\/\d+ +The new leader at work/,
    actions: ['Launch a container', 'Find its process', 'Delete it'],
    done: [/✓ bound by the new leader/, /✓ its container runs/, /✓ deleted again/],
  },
  {
    step: / \d+\/\d+ +Work that only the leader does/,
    actions: ['List the nodes'],
    done: [/✓ dead node reported/, /✓ by the leader alone/],
  },
  {
    step: / \d+\/\d+ +The controller-manager alone/,
    guess: /▸ about 10 s/,
    actions: ['Stop it'],
    done: [/✓ handover timed/, /✓ scheduler's lock unmoved/, /✓ put back/],
  },
  {
    step: / \d+\/\d+ +Stopped, killed, frozen/,
    guess: /▸ after 10 sec/,
    actions: ['Kill it', 'Freeze it'],
    done: [/✓ killed and timed/, /✓ frozen and timed/, /✓ put back/],
  },
  {
    step: / \d+\/\d+ +The one store/,
    actions: ['Stop it, and start it again'],
    done: [/✓ one leads again/, /✓ API servers ready again/],
  },
];

async function walk(person: Terminal, { step, guess, actions = [], done }: Walked): Promise<void> {
  await person.sees(step);
  if (guess) {
    await person.takes('enter guess, then run it');
    await person.sees(/ ← → choose/);
    person.press('→');
    await person.sees(guess);
    await person.takes('enter this is my guess');
  }
  for (const action of actions) {
    await person.takes('enter run it');
    await person.sees(new RegExp(`✓ ${action} +done`), 180_000);
  }
  for (const sign of done) await person.sees(sign);
  await fitsTheWindow(person);
  await person.takes('enter next step');
}

/** Every row within the window, the header with both masters on top, the keys at the bottom. */
async function fitsTheWindow(person: Terminal): Promise<void> {
  const rows = (await person.screen()).split('\n');
  expect(rows.length).toBeLessThanOrEqual(24);
  expect(rows[0]).toMatch(/^ kha-lab {2}HA masters +\d+\/\d+ .*● rec \d\d:\d\d$/);
  expect(rows[1]).toMatch(/^ kuberm +ssh/);
  expect(rows[2]).toMatch(/^ kuberm2 +ssh/);
  expect(rows.at(-1)).toMatch(/\? help +ctrl\+c leave$/);
}

it('is walked to its end by what the screen offers, over two sittings', { timeout: 900_000 }, async () => {
  const home = makeHome();
  const first = await Terminal.run(home);
  for (const step of toTheStop.slice(0, 7)) await walk(first, step);
  await first.sees(/ \d+\/\d+ +Who leads/);
  await first.takes('ctrl+c leave');
  expect(await first.ends(0)).toMatch(/Go on where you left with: kha-lab/);
  await first.isGivenBack();
  await expectNothingLeft(home);

  const person = await Terminal.run(home);
  await person.sees(/Last time you were at "Who leads, and why"\. Go on there\? \[yes\/no\]/);
  person.press('y').press('enter');
  await person.sees(/ \d+\/\d+ +Who leads/);
  for (const step of toTheStop.slice(7)) await walk(person, step);
  await stopTheLeader(person);
  for (const step of afterTheStop) await walk(person, step);
  await person.sees(/ \d+\/\d+ +What you measured/);
  await person.sees(/✓ handover timed/);
  await person.sees(/✓ everything restored/);
  await fitsTheWindow(person);
  await person.takes('ctrl+c leave');
  const text = (await person.ends(0)).replaceAll('\n', '');
  expect(text).toMatch(
    /kuberm2 took the lock \d+\.\d+ s ± [\d.]+ m?s after kube-controller-manager was stopped on kuberm\./,
  );
  expect(text).toMatch(/see it again with: kha-lab replay /);
  expect(text).toMatch(/Next: your own masters/);
  await person.isGivenBack();
  expectWalked(readTape(home.recordings().at(-1) ?? ''));
  expect(home.pending()).toEqual([]);
  await expectNothingLeft(home);
});

async function stopTheLeader(person: Terminal): Promise<void> {
  await person.sees(/ \d+\/\d+ +Stop the scheduler on the leader/);
  // What will run, where, and the way back: on the screen before anything is done.
  await person.sees(/on kuberm +systemctl stop kube-scheduler\.service/);
  await person.sees(/on kuberm +systemd-run --unit=kha-lab-return/);
  await person.takes('enter guess, then run it');
  await person.sees(/ ← → choose/);
  person.press('→').press('→').press('→');
  await person.sees(/▸ 13 to 24 s/);
  await person.takes('enter this is my guess');
  await person.sees(/your guess 13 to 24 s/);
  await person.takes('enter run it');
  await person.sees(/stop on kuberm at \d\d:\d\d\.\d{3}/);
  await person.sees(/kuberm comes back by itself within \d+ s/);
  await person.sees(/✓ scheduler stopped/);
  await person.sees(/✓ handover timed/);
  await person.takes('enter next step', 90_000);
}

function expectWalked(tape: ReturnType<typeof readTape>): void {
  expect(tape[0]).toMatchObject({ kind: 'run', what: 'lab', target: 'sandbox' });
  expect(tape.map(({ seq }) => seq)).toEqual(tape.map((_, index) => index));
  const of = (kind: string) => tape.filter((one) => one.kind === kind);
  expect(of('guess')).toMatchObject([
    { step: 'stop', choice: '13 to 24 s' },
    { step: 'manager', choice: 'about 10 s' },
    { step: 'compare', choice: 'after 10 sec' },
  ]);
  expect(of('step').filter(({ phase }) => phase === 'passed').length).toBeGreaterThanOrEqual(7);
  expect(of('fault').map(({ phase }) => phase)).toEqual(
    expect.arrayContaining(['armed', 'issued', 'effective', 'ended', 'restored', 'disarmed']),
  );
  expect(tape.at(-1)).toMatchObject({ kind: 'end', exit: 0 });
}

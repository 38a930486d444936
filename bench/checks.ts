// Two, ten and fifty masters asked once: `kha-lab check` beside what people ask many machines with.
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { found } from './found.ts';
import { type ManyMasters, manyMasters } from './manymasters.ts';
import { atMost, leftOut, type Measurement, milliseconds, type Row, times, told } from './measurement.ts';
import { inTurn, median, type Take } from './pairing.ts';
import { cli, environment, withFolder } from './places.ts';

const counts = [2, 10, 50];
const rounds = Number(process.env.KHA_BENCH_CHECKS ?? 3);
const run = promisify(execFile);

/** What the others ask, once; kha-lab asks that and a dozen things more. */
const asked = ['systemctl', 'is-active', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

interface Other {
  readonly name: string;
  /** Command names, the first that is there counts. */
  readonly programs: readonly string[];
  argv(at: Asking): readonly string[];
  readonly most: number;
}

interface Asking {
  readonly home: string;
  readonly count: number;
  readonly sshConfig: string;
  readonly hosts: string;
}

const others: readonly Other[] = [
  {
    name: '`ansible -m command` (pipelining, connections kept)',
    programs: ['ansible'],
    argv: ({ count, sshConfig, hosts }) => [
      ...['all', '-i', hosts, '-f', `${count}`, '-T', '60', '--ssh-common-args', `-F ${sshConfig}`],
      // Else it looks for one first, host by host.
      ...['-e', 'ansible_python_interpreter=/usr/bin/python3'],
      ...['-m', 'command', '-a', asked.join(' ')],
    ],
    most: 2,
  },
  {
    name: '`pssh`',
    programs: ['pssh', 'parallel-ssh'],
    argv: ({ count, sshConfig, hosts }) => [
      ...['-h', hosts, '-p', `${count}`, '-t', '0', '-x', `-F ${sshConfig}`, '-i', ...asked],
    ],
    most: 8,
  },
  {
    name: '`ssh` with ControlMaster (connections open)',
    programs: ['xargs'],
    argv: ({ home, count, sshConfig, hosts }) => [
      ...['-a', hosts, '-P', `${count}`, '-I{}', 'ssh', '-F', sshConfig, '-o', 'ControlMaster=auto'],
      ...['-o', `ControlPath=${join(home, 'cm-%n')}`, '-o', 'ControlPersist=600', '{}', ...asked],
    ],
    most: 20,
  },
];

export const checks: Measurement = {
  name: 'checks',
  quick: false,
  measure: () =>
    withFolder(async (home) => {
      const masters = await manyMasters(home, Math.max(...counts));
      try {
        const rows: Row[] = [];
        for (const count of counts) rows.push(...(await measure(home, masters, count)));
        return rows;
      } finally {
        await masters.down();
      }
    }),
};

async function measure(home: string, masters: ManyMasters, count: number): Promise<readonly Row[]> {
  const { inventory, sshConfig, hosts } = await masters.reach(count);
  const own = join(home, `home-${count}`);
  await mkdir(own, { recursive: true });
  const env = { ...environment(own), ANSIBLE_PIPELINING: 'True', ANSIBLE_NOCOLOR: '1' };
  const programs = await Promise.all(others.map((other) => found(...other.programs)));
  const there = others.flatMap((other, at) => {
    const program = programs[at] ?? null;
    return program === null ? [] : [{ other, program }];
  });
  const takes = there.map(({ other, program }): Take => {
    const argv = other.argv({ home: own, count, sshConfig, hosts });
    return () => timed(() => run(program, [...argv], { env, maxBuffer }));
  });
  const wholeMs: number[] = [];
  const kha: Take = async () => {
    let slowest = 0;
    const whole = await timed(async () => {
      slowest = await check(inventory, env);
    });
    wholeMs.push(whole);
    return slowest;
  };
  const [khaMs = Number.NaN, ...taken] = await inTurn(rounds, [kha, ...takes]);
  const measured = there.map(({ other: { name, most } }, at) => {
    const ms = taken[at] ?? Number.NaN;
    return atMost(most, {
      what: `${count} masters, of what ${name} takes`,
      value: khaMs / ms,
      beside: `${milliseconds(khaMs)} to ${milliseconds(ms)}`,
      tell: times,
    });
  });
  const missing = others.filter((_, at) => programs[at] === null);
  return [
    told({
      what: `${count} masters and their cluster, the whole of \`check\``,
      value: median(wholeMs),
      tell: milliseconds,
    }),
    ...measured,
    ...missing.map(({ name }) => leftOut(`${count} masters beside ${name}`, 'it is not installed')),
  ];
}

const maxBuffer = 64e6;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/**
 * How long the slowest master took from the login to its last answer, milliseconds. Of the cluster more is asked, and there is
 * waited until its leaders renew: that is no part of it. @throws Error unless every master was found well.
 */
async function check(inventory: string, env: Record<string, string>): Promise<number> {
  const argv = [cli(), 'check', '--inventory', inventory, '--json'];
  // That two masters answer for many, the comparison of their units does tell: exit 1.
  const { stdout } = await run(process.execPath, argv, { env, maxBuffer }).catch((error) => {
    if (!String(error.stdout).startsWith('{')) throw error;
    return { stdout: String(error.stdout) };
  });
  const masters: readonly CheckedMaster[] = JSON.parse(stdout).masters;
  const bad = masters.find(({ ok }) => !ok);
  if (bad) throw new Error(`not well: ${JSON.stringify(bad)}`);
  return Math.max(...masters.map(({ checks: own }) => own.reduce((sum, { ms }) => sum + ms, 0)));
}

interface CheckedMaster {
  readonly ok: boolean;
  readonly checks: readonly { readonly ms: number }[];
}

// What is checked on one master: that it answers, who it is, its clock, its units, their logs, and the right to act.
import { findInstances, type Instance, type Wanted } from '../../components/instance.ts';
import { showUnits } from '../../components/unitstate.ts';
import type { Argv, Host } from '../../hosts/host.ts';
import type { Master } from '../../inventory/inventory.ts';
import type { Clock } from '../../model/time.ts';
import { bad, type CheckResult, examine, good, type Question } from './check.ts';

export interface CheckedMaster {
  readonly name: string;
  readonly ok: boolean;
  readonly checks: readonly CheckResult[];
  /** What was found, for the checks of the cluster. */
  readonly instances: readonly Instance[];
}

const required = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

/** All checks of one master, in order; those after a refused login are left out, as they could only repeat it. */
export async function checkMaster(master: Master, host: Host, clock: Clock): Promise<CheckedMaster> {
  const ssh = await examine(sshAnswers(host), clock);
  if (!ssh.ok) return { name: master.name, ok: false, checks: [ssh], instances: [] };
  const checks = [ssh];
  for (const question of [nameFits(master, host), clockKnown(host), mayAct(host)])
    checks.push(await examine(question, clock));
  const wanted = { components: ['etcd', ...required], places: master.components, version: null };
  let instances: readonly Instance[] = [];
  const looked = await examine(
    unitsFound(host, wanted, (found) => (instances = found)),
    clock,
  );
  if (!looked.ok) return { name: master.name, ok: false, checks: [...checks, looked], instances };
  for (const instance of instances) checks.push(...(await checkInstance(host, instance, clock)));
  const found = instances.map(({ component }) => component);
  for (const component of required.filter((one) => !found.includes(one))) {
    checks.push(await examine(missing(host, component), clock));
  }
  return { name: master.name, ok: checks.every(({ ok }) => ok), checks, instances };
}

async function checkInstance(host: Host, instance: Instance, clock: Clock): Promise<readonly CheckResult[]> {
  const checks = [await examine(unitActive(host, instance), clock)];
  if (instance.terms) {
    checks.push(await examine(electsLeader(instance), clock));
    checks.push(await examine(logReadable(host, instance), clock));
  }
  return checks;
}

const sshAnswers = (host: Host): Question => ({
  id: 'ssh',
  title: 'answers over SSH',
  command: `ssh ${host.address} true`,
  async ask() {
    await host.connect();
    await host.ask(['true']);
    return good(host.address);
  },
});

/** Lock holders are host names: a master that calls itself otherwise could lead without being recognised. */
const nameFits = ({ name, identity = name }: Master, host: Host): Question => ({
  id: 'name',
  title: 'is called as the inventory says',
  command: 'hostname',
  async ask() {
    const found = (await host.ask(['hostname'])).stdout.trim();
    if (found === identity) return good(found);
    return bad(
      `It calls itself ${found}, expected ${identity}. Put \`identity: ${found}\` under ${name} in the inventory.`,
    );
  },
});

const clockKnown = (host: Host): Question => ({
  id: 'clock',
  title: 'clock measured against ours',
  async ask() {
    const { offsetMs, errorMs } = await host.clock();
    return good(`${offsetMs >= 0 ? '+' : ''}${offsetMs.toFixed(2)} ms ± ${errorMs.toFixed(2)} ms`);
  },
});

export const mayActArgv: Argv = ['systemctl', '--version'];

const mayAct = (host: Host): Question => {
  const argv = mayActArgv;
  return {
    id: 'sudo',
    title: 'may use systemctl as root',
    command: host.commandLine(argv, { sudo: true }),
    async ask() {
      const { code, stderr } = await host.run(argv, { sudo: true });
      if (code === 0) return good('yes');
      return bad(
        `It was refused: ${stderr.trim() || `exit ${code}`}. The sudoers lines are printed by: kha-lab doctor`,
      );
    },
  };
};

/** Seldom fails, and is then what all others would say: it is shown alone. */
const unitsFound = (host: Host, wanted: Wanted, tell: (found: readonly Instance[]) => void): Question => ({
  id: 'units',
  title: 'its units can be looked at',
  async ask() {
    const found = await findInstances(host, wanted);
    tell(found);
    return good(`${found.length} found`);
  },
});

const unitActive = (host: Host, { component, unit }: Instance): Question => {
  const argv = ['systemctl', 'is-active', unit];
  return {
    id: `unit-${component}`,
    title: `${component} runs`,
    command: host.commandLine(argv),
    async ask() {
      const [state] = await showUnits(host, [unit]);
      if (state?.active === 'active')
        return good(`${unit} is active (${state.sub}), pid ${state.pid ?? 'unknown'}`);
      const start = host.commandLine(['systemctl', 'start', unit], { sudo: true });
      return bad(
        `${unit} on ${host.name} is ${state?.active ?? 'unknown'}, expected active. Start it there: ${start}`,
      );
    },
  };
};

const missing = (host: Host, component: string): Question => ({
  id: `unit-${component}`,
  title: `${component} runs`,
  ask: async () =>
    bad(
      `No unit that runs ${component} was found on ${host.name}. Name it under components: in the inventory.`,
    ),
});

const electsLeader = ({ component, argv, terms }: Instance): Question => ({
  id: `elects-${component}`,
  title: `${component} takes part in leader election`,
  async ask() {
    if (argv.some((word) => /^--leader[-_]elect=(false|0)$/i.test(word))) {
      return bad(
        `Its flags say --leader-elect=false: two of them would both act. Set --leader-elect=true in its unit.`,
      );
    }
    const seconds = (ms = 0) => `${ms / 1000} s`;
    return good(
      `lease ${seconds(terms?.leaseDurationMs)}, renew deadline ${seconds(terms?.renewDeadlineMs)}, retry ${seconds(terms?.retryPeriodMs)}`,
    );
  },
});

export function logCheckArgv({ component, logs }: Instance): Argv {
  return logs?.at === 'file'
    ? ['tail', '-n', '1', logs.path]
    : ['journalctl', '--unit', logs?.unit ?? component, '--lines', '1', '--no-pager', '--quiet'];
}

const logReadable = (host: Host, instance: Instance): Question => {
  const { component, logs } = instance;
  const argv = logCheckArgv(instance);
  const command = host.commandLine(argv, { sudo: true });
  return {
    id: `log-${component}`,
    title: `log of ${component} can be read`,
    command,
    async ask() {
      const { code, stdout, stderr } = await host.run(argv, { sudo: true });
      const where = logs?.at === 'file' ? logs.path : 'the journal';
      if (code === 0 && stdout.trim() !== '') return good(where);
      if (code === 0) return bad(`${where} has no line of it. Check its --v and where its unit logs to.`);
      return bad(`${where} cannot be read: ${stderr.trim()}. Try it there: ${command}`);
    },
  };
};

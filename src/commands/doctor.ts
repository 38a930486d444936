// kha-lab doctor: what is missing here and on the masters, with the sudoers lines and RBAC that are enough.
import { checkMaster } from '../experiment/checks/master.ts';
import { leftBehind } from '../experiment/pending.ts';
import { rbac, sudoersLines } from '../experiment/rights.ts';
import { openHosts } from '../experiment/target.ts';
import { exits } from '../model/failure.ts';
import { sanitise } from '../model/sanitise.ts';
import { statePlaces } from '../recording/places.ts';
import { noScreens } from '../tui/open.tsx';
import { chooseMasters } from './choose.ts';
import type { CommonFlags } from './flags.ts';
import { promptsFor } from './prompts.ts';
import type { Surroundings } from './surroundings.ts';
import { symbolsFor } from './symbols.ts';

interface Finding {
  readonly where: string;
  readonly ok: boolean;
  readonly detail: string;
}

export async function doctor(flags: CommonFlags, surroundings: Surroundings): Promise<number> {
  const chosen = await chooseMasters(flags, surroundings);
  try {
    const findings: Finding[] = [...hereIs(surroundings)];
    const sudoers: { master: string; lines: readonly string[] }[] = [];
    const masters = openHosts(chosen.inventory, promptsFor(flags, surroundings));
    for (const { master, host, name } of masters) {
      const { checks, instances } = await checkMaster(master, host, surroundings.clock);
      findings.push(
        ...checks.map(({ ok, title, detail }) => ({
          where: name,
          ok,
          detail: `${title}: ${sanitise(detail)}`,
        })),
      );
      if (!checks[0]?.ok || master.reach.via !== 'ssh') continue;
      const { user } = master.reach;
      const { cluster } = chosen.inventory;
      const lines = () => sudoersLines(host, { user, instances, cluster });
      if (user !== 'root') sudoers.push({ master: name, lines: await lines() });
    }
    await Promise.allSettled(masters.map(({ host }) => host.close()));
    const ok = findings.every((finding) => finding.ok);
    if (flags.json)
      surroundings.stdout.write(`${JSON.stringify({ version: 1, ok, findings, sudoers, rbac })}\n`);
    else printLines(surroundings, { findings, sudoers });
    return ok ? exits.good : exits.failed;
  } finally {
    await chosen.close();
  }
}

function hereIs(surroundings: Surroundings): readonly Finding[] {
  const { env } = surroundings;
  const where = 'this machine';
  const left = leftBehind(statePlaces(env).pending);
  return [
    { where, ok: true, detail: `Node ${process.version}, ${process.platform}` },
    {
      where,
      ok: true,
      detail: noScreens(surroundings) ?? 'screens can be drawn',
    },
    {
      where,
      ok: left.length === 0,
      detail:
        left.length === 0
          ? 'nothing is left to recover'
          : `${left.length} interrupted run(s): put back with kha-lab recover`,
    },
  ];
}

function printLines(
  surroundings: Surroundings,
  {
    findings,
    sudoers,
  }: { findings: readonly Finding[]; sudoers: readonly { master: string; lines: readonly string[] }[] },
): void {
  const { stdout } = surroundings;
  const symbols = symbolsFor(surroundings);
  for (const { where, ok, detail } of findings)
    stdout.write(`${ok ? symbols.pass : symbols.fail} ${where}: ${detail}\n`);
  for (const { master, lines } of sudoers) {
    stdout.write(
      `\nEnough for the login on ${master}, in /etc/sudoers.d/kha-lab there:\n${lines.join('\n')}\n`,
    );
  }
  stdout.write(`\nEnough for the login at the API server (kubectl apply -f -, then bind it):\n${rbac}`);
}

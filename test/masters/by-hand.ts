// Real masters by hand: up VERSION [--login root|sudo] [--zone ZONE] [--nodes], down [ID], list. Runs with npx tsx, as root.
import { parseArgs } from 'node:util';
import type { Version } from './harness/rendered-units.ts';
import { recordedPairs, tearDown, tearDownAbandoned } from './harness/state.ts';
import { type BootOptions, bootMasters } from './masters.ts';

const USAGE = `usage: npx tsx test/masters/by-hand.ts up 1.36.3|1.20.2 [--login root|sudo] [--zone Asia/Taipei] [--nodes]
       npx tsx test/masters/by-hand.ts list
       npx tsx test/masters/by-hand.ts down [ID]      (without ID: every pair made by hand)
`;

async function up(
  version: Version,
  options: Pick<BootOptions, 'login' | 'timeZone' | 'nodes'>,
): Promise<void> {
  const masters = await bootMasters({ version, ...options, keep: true });
  const prefix = masters.inside.join(' ');
  process.stdout.write(
    [
      `pair       ${masters.id}`,
      `inventory  ${masters.inventory}`,
      `kubeconfig ${masters.kubeconfig}`,
      `prefix     ${prefix}`,
      `try        ${prefix} node dist/cli.js check --inventory ${masters.inventory}`,
      `down       npx tsx test/masters/by-hand.ts down ${masters.id}`,
      '',
    ].join('\n'),
  );
}

async function down(id: string | undefined): Promise<void> {
  await tearDownAbandoned();
  const byHand = (await recordedPairs()).filter(({ owner }) => owner === null).map((pair) => pair.id);
  for (const each of id === undefined ? byHand : [id]) await tearDown(each);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      login: { type: 'string', default: 'root' },
      zone: { type: 'string', default: 'UTC' },
      nodes: { type: 'boolean', default: false },
    },
  });
  const [verb, argument] = positionals;
  const { login, zone, nodes } = values;
  if (
    verb === 'up' &&
    (argument === '1.20.2' || argument === '1.36.3') &&
    (login === 'root' || login === 'sudo')
  )
    await up(argument, { login, timeZone: zone, nodes });
  else if (verb === 'down') await down(argument);
  else if (verb === 'list')
    for (const { id, owner } of await recordedPairs())
      process.stdout.write(`${id}  ${owner === null ? 'by hand' : `process ${owner.pid}`}\n`);
  else {
    process.stderr.write(USAGE);
    return 2;
  }
  return 0;
}

process.exitCode = await main();

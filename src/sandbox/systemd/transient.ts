// A unit made on the command line by systemd-run, as the file systemd would keep for it.

import { quoteUnitWord } from '../../units/render.ts';

export interface TransientOrder {
  /** Without its ending. */
  readonly name: string;
  readonly description: string;
  readonly argv: readonly string[];
  /** Microseconds from now; null starts at once. */
  readonly onActiveUs: number | null;
  readonly accuracyUs: number;
  /** Forgotten also when it failed. */
  readonly collect: boolean;
  /** `Key=value` as given with --property. */
  readonly properties: readonly string[];
}

export function renderTransient(order: TransientOrder): string {
  return [
    '# This is a transient unit file, created programmatically via the systemd API. Do not edit.',
    '[Unit]',
    `Description=${order.description}`,
    ...(order.collect ? ['CollectMode=inactive-or-failed'] : []),
    '',
    '[Service]',
    ...order.properties,
    `ExecStart=${order.argv.map(quoteUnitWord).join(' ')}`,
    '',
  ].join('\n');
}

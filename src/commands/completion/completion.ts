// kha-lab completion: what a shell needs to complete commands, flags and their values.
import { labNames } from '../../lab/find.ts';
import { exits } from '../../model/failure.ts';
import { topics } from '../help/topic.ts';
import { createProgram } from '../program.ts';
import type { Surroundings } from '../surroundings.ts';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { powershellCompletion } from './powershell.ts';
import type { Shell } from './shells.ts';
import { completionTable } from './table.ts';
import { zshCompletion } from './zsh.ts';

const made = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
} satisfies Record<Shell, unknown>;

export async function completion(_flags: object, { stdout }: Surroundings, shell: string): Promise<number> {
  const known = { labs: await labNames(), topics: Object.keys(topics) };
  stdout.write(
    made[shell as Shell](
      completionTable(
        createProgram(() => {}),
        known,
      ),
    ),
  );
  return exits.good;
}

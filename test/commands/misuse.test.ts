// A command line that is wrong: told by whoever tells failures, and by nobody else, with the right help.
import { afterEach, expect, it, vi } from 'vitest';
import { createProgram } from '../../src/commands/program.ts';

const written = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
afterEach(() => void written.mockClear());

const run = (line: string) => createProgram(() => {}).parseAsync(['node', 'kha-lab', ...line.split(' ')]);

it.each([
  ['failover --runs 0', /argument '0' is invalid\. It must be a whole number/, 'kha-lab failover --help'],
  ['failover --nope', /^unknown option '--nope'$/, 'kha-lab failover --help'],
  ['labs new', /^missing required argument 'lab'$/, 'kha-lab labs new --help'],
  ['sandbox up --lock paper', /'paper' is invalid/, 'kha-lab sandbox up --help'],
])('%s', async (line, message, help) => {
  await expect(run(line)).rejects.toMatchObject({
    code: 'usage',
    exit: 2,
    message: expect.stringMatching(message),
    tryThis: `See: ${help}`,
  });
  expect(written).not.toHaveBeenCalled();
});

it('names the commands of a group that was called without one', async () => {
  await expect(run('sandbox')).rejects.toMatchObject({
    exit: 2,
    message: 'kha-lab sandbox needs one of its commands: up, down, status.',
  });
});

it('takes help and version for no failures', async () => {
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  try {
    for (const line of ['--version', 'failover --help'])
      await expect(run(line)).rejects.toMatchObject({ exitCode: 0 });
  } finally {
    stdout.mockRestore();
  }
});

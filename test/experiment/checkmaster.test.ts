// A master that is lost while it is checked: what was found is told, and the others are checked all the same.
import { expect, test } from 'vitest';
import { checkMaster } from '../../src/experiment/checks/master.ts';
import { fakeMaster, lostConnection } from './fakemaster.ts';

test('a connection lost in the middle is a failed check, not the end of all', async () => {
  const host = fakeMaster('a');
  host.before = (line) => {
    if (line.startsWith('systemctl show')) throw lostConnection();
    return undefined;
  };
  const { ok, checks } = await checkMaster({ name: 'a', components: {} } as never, host, () => 0);
  expect(ok).toBe(false);
  expect(checks[0]).toMatchObject({ id: 'ssh', ok: true });
  expect(checks.at(-1)).toMatchObject({ ok: false, unreachable: true });
});

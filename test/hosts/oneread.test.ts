// A quick command's whole answer may come in one read; its exit code and its output count all the same.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { expect, it, onTestFinished } from 'vitest';
import { openHost } from '../../src/hosts/open.ts';
import type { Inventory, Master } from '../../src/inventory/inventory.ts';

/** Answers a command in the very turn it is asked in: real servers' packets come together on a busy machine only. */
async function serverThatAnswersAtOnce(hostKey: string): Promise<number> {
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connection.on('error', () => {});
    connection.on('authentication', (context) => context.accept());
    connection.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, { command }) => {
        const channel = acceptExec();
        channel.write('out\n');
        channel.stderr.write('err\n');
        channel.exit(Number(/exit (\d+)/.exec(command)?.[1]));
        channel.end();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

it('keeps exit code and output of a command that has ended before its start was heard of', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kha-one-read-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['host', 'user'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  const port = await serverThatAnswersAtOnce(readFileSync(join(folder, 'host'), 'utf8'));
  const knownHostsFile = join(folder, 'known_hosts');
  writeFileSync(knownHostsFile, `[127.0.0.1]:${port} ${readFileSync(join(folder, 'host.pub'), 'utf8')}`);
  const master: Master = {
    name: 'kuberm',
    reach: {
      via: 'ssh',
      host: '127.0.0.1',
      port,
      user: 'root',
      identityFiles: [join(folder, 'user')],
      identitiesNamed: true,
      agentSocket: null,
    },
    components: {},
  };
  const inventory: Inventory = {
    source: 'test',
    masters: [master],
    knownHostsFile,
    strictHostKeyChecking: 'yes',
    sudo: 'auto',
    cluster: { via: 'kubeconfig', kubeconfig: '/nonexistent' },
  };
  const host = openHost(master, inventory, { prompts: null });
  for (const code of [0, 3, 0]) {
    const ran = await host.run(['sh', '-c', `exit ${code}`]);
    expect(ran).toMatchObject({ code, signal: null, stdout: 'out\n', stderr: 'err\n' });
  }
  await host.close();
});

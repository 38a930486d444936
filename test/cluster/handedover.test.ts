// A kubeconfig read on a master reaches nothing of the machine it is read for.
import { expect, test } from 'vitest';
import { readAccess } from '../../src/cluster/access.ts';
import { connectCluster } from '../../src/cluster/connect.ts';
import { takeOver } from '../../src/cluster/handedover.ts';
import { fakeMaster } from '../experiment/fakemaster.ts';

const config = (user: string) => `apiVersion: v1
kind: Config
current-context: lab
clusters: [{ name: lab, cluster: { server: "https://10.0.0.1:6443", certificate-authority: pki/ca.crt } }]
contexts: [{ name: lab, context: { cluster: lab, user: admin } }]
users: [{ name: admin, user: ${user} }]
`;
const file = '/etc/kubernetes/admin.conf';

test('files it names are read on its host, relative ones from its folder', async () => {
  const asked: string[] = [];
  const read = async (path: string) => {
    asked.push(path);
    return `text of ${path}`;
  };
  const text = await takeOver({
    text: config('{ client-certificate: /etc/c.crt, client-key: c.key }'),
    file,
    read,
  });
  expect(asked).toEqual(['/etc/kubernetes/pki/ca.crt', '/etc/c.crt', '/etc/kubernetes/c.key']);
  const access = await readAccess({ source: 'kuberm', text });
  expect(String((await access.options()).ca)).toBe('text of /etc/kubernetes/pki/ca.crt');
});

test.each([
  [
    'exec',
    '{ exec: { apiVersion: client.authentication.k8s.io/v1, command: sh, args: [-c, "touch /tmp/x"] } }',
  ],
  ['auth-provider', '{ auth-provider: { name: gcp, config: { cmd-path: /bin/sh } } }'],
  ['tokenFile', '{ tokenFile: /etc/passwd }'],
])('a login by %s is refused', async (name, user) => {
  const host = fakeMaster('kuberm');
  host.before = (line) => (line === `cat ${file}` ? { stdout: config(user) } : { stdout: 'a file' });
  const reached = { master: { name: 'kuberm' } as never, host };
  await expect(connectCluster({ via: 'ssh', kubeconfig: file }, [reached])).rejects.toMatchObject({
    code: 'bad-kubeconfig',
    message: expect.stringContaining(name),
  });
});

// Secrets as hosts, logs and command lines come to say them: each line with what must not be left of it.
import { generateKeyPairSync } from 'node:crypto';

export interface Seed {
  readonly line: string;
  readonly secret: string;
}

const jwt = 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQifQ.c2lnbmF0dXJl';

/** One line each. */
export const seeds: readonly Seed[] = [
  { line: `request.go:1] Authorization: Bearer ${jwt}`, secret: jwt },
  { line: 'curl -k -H "Authorization: Bearer opensesameplease" https://kuberm:6443', secret: 'opensesame' },
  { line: 'header: authorization=Basic cm9vdDpodW50ZXIy', secret: 'cm9vdDpodW50ZXIy' },
  { line: 'unable to verify bearer 9f8e7d6c5b4a3928', secret: '9f8e7d6c5b4a3928' },
  { line: 'dial https://admin:pa55word@172.16.155.158:2379/health refused', secret: 'pa55word' },
  { line: 'proxy http://user:a:b@c@proxy:3128', secret: 'a:b@c' },
  { line: 'git clone https://ghp_abcdefghijklmnopqrstuvwxyz0123@git/x', secret: 'ghp_abcdefghijklm' },
  { line: 'kube-apiserver --etcd-password=hunter2 --v=6', secret: 'hunter2' },
  { line: 'etcdctl --user root:hunter3 get /registry', secret: 'hunter3' },
  { line: 'curl -u root:hunter4 https://kuberm2', secret: 'hunter4' },
  { line: 'mysql --password sesame -h kuberm', secret: 'sesame' },
  { line: 'kubeadm join --token abcdef.0123456789abcdef kuberm:6443', secret: '0123456789abcdef' },
  {
    line: 'joined with abcdef.0123456789abcdeX? no, with bcdefa.1123456789abcdef',
    secret: '1123456789abcdef',
  },
  { line: 'Environment="DB_PASSWORD=correct horse battery" X=1', secret: 'correct' },
  { line: 'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', secret: 'wJalrXUtnFEMI' },
  { line: 'AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE', secret: 'AKIAIOSFODNN7EXAMPLE' },
  { line: 'export PGPASSWORD=tulip; psql', secret: 'tulip' },
  { line: 'SMTP_PASS=daffodil', secret: 'daffodil' },
  { line: '{"level":"info","password":"rose","user":"root"}', secret: 'rose' },
  { line: 'MESSAGE={\\"client_secret\\":\\"orchid\\"}', secret: 'orchid' },
  { line: '    token: marigold', secret: 'marigold' },
  { line: '- password: violet', secret: 'violet' },
  {
    line: 'I1122 20:05:03.886 1 auth.go:1] "Logged in" user="root" password="snow drop" code=200',
    secret: 'drop',
  },
  { line: 'msg with passphrase: lavender', secret: 'lavender' },
  { line: 'the api-key: k3yk3yk3y was used', secret: 'k3yk3yk3y' },
  {
    line: `    client-key-data: ${Buffer.from('-----BEGIN RSA PRIVATE KEY-----\nMIIEo').toString('base64')}`,
    secret: 'U0EgUFJJVkFU',
  },
  { line: '.dockerconfigjson: eyJhdXRocyI6eyJyZWdpc3RyeSI6e319fQ==', secret: 'eyJhdXRocyI6' },
  { line: 'Set-Cookie: session=0a1b2c3d4e5f; Path=/', secret: '0a1b2c3d4e5f' },
  { line: 'X-Auth-Token: iris99', secret: 'iris99' },
  { line: 'service.account.secret = peony', secret: 'peony' },
  { line: '--experimental-encryption-key=c2VjcmV0IGlzIHNlY3VyZQ==', secret: 'c2VjcmV0IGlz' },
];

/** A private key as it is printed, over many lines. */
export function printedKey(): readonly string[] {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString().trimEnd().split('\n');
}

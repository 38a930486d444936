// Secrets do not get through, whatever stands around them; what is none stays as it was said.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KhaError } from '../../src/model/failure.ts';
import { createKeyHider, mask, valueShown } from '../../src/model/mask.ts';
import { sanitise, sanitiseLines } from '../../src/model/sanitise.ts';
import { printedKey, seeds } from './seededsecrets.ts';

describe('mask', () => {
  it.each(seeds)('hides what gives access in: $line', ({ line, secret }) => {
    expect(line).toContain(secret);
    const masked = mask(line);
    expect(masked).not.toContain(secret);
    expect(masked).toContain('‹hidden›');
    expect(mask(masked)).toBe(masked);
  });

  it('hides it in every text that passes sanitise, and in every failure', () => {
    for (const { line, secret } of seeds) {
      expect(sanitise(`\u001b[31m${line}\u001b[0m`)).not.toContain(secret);
      expect(sanitiseLines(`one\n${line}\ntwo`)).not.toContain(secret);
      const error = new KhaError({ code: 'x', exit: 4, message: `It said: ${line}`, tryThis: line });
      expect(`${error.message} ${error.tryThis} ${error.stack}`).not.toContain(secret);
    }
  });

  it('keeps JSON what it was', () => {
    const said = { msg: 'x', password: 'rose', token: null, secret: true, apiKey: 'a1', note: 'passed on' };
    const masked = JSON.parse(mask(JSON.stringify(said)));
    expect(masked).toEqual({ ...said, password: '‹hidden›', apiKey: '‹hidden›' });
  });

  it.each([
    'kube-apiserver --token-auth-file=/etc/tokens.csv --service-account-key-file=/etc/sa.pub',
    'etcd --initial-cluster-token=etcd-cluster-1 --auth-token=simple',
    'kube-controller-manager --controllers=*,bootstrapsigner,tokencleaner --use-service-account-credentials=true',
    'E1122 20:05:03.886 1 a.go:1] Unable to authenticate the request: invalid bearer token: token expired',
    'basic authentication is disabled; the password file is /etc/passwd',
    'successfully acquired lease kube-system/kube-scheduler',
    'kuberm_6f1c0f5e-2a0b-4c3e-9a53-0a3d3cf0f6d1 became leader',
    'dial tcp 172.16.155.158:6443 via ssh://root@kuberm: connection refused',
    'secrets is forbidden: User "system:kube-scheduler" cannot list resource "secrets"',
    'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  ])('leaves alone: %s', (line) => {
    expect(mask(line)).toBe(line);
  });

  it('leaves every line alone that real components wrote', () => {
    const folder = join(import.meta.dirname, '../fixtures');
    const logs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /kubernetes-1.*\.(log|txt|INFO|journal|ndjson|json)$/.test(name),
    );
    const lines = logs.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
    expect(lines.length).toBeGreaterThan(1000);
    expect(lines.filter((line) => mask(line) !== line)).toEqual([]);
  });

  it('never throws, and twice is once', () => {
    const pieces = fc.oneof(
      fc.constantFrom(...seeds.map(({ line }) => line), '‹hidden›', '://', '@', '"', '=', ': ', '\n', '\\'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (parts) => {
        const once = mask(parts.join(''));
        return mask(once) === once;
      }),
      { numRuns: 2000, seed: 3 },
    );
  });
});

it('hides the values of flags whose names say so', () => {
  expect(valueShown('api-password', 'sesame')).toBe('‹hidden›');
  expect(valueShown('bootstrap-token', 'abcdef.0123456789abcdef')).toBe('‹hidden›');
  expect(valueShown('token-auth-file', '/etc/tokens.csv')).toBe('/etc/tokens.csv');
  expect(valueShown('etcd-servers', 'https://u:sesame@kuberm:2379')).toBe('https://u:‹hidden›@kuberm:2379');
  expect(valueShown('allow-privileged', null)).toBeNull();
});

describe('a private key', () => {
  const key = printedKey();

  it('is hidden in one text, whole or cut, with line ends real or escaped', () => {
    for (const text of [
      key.join('\n'),
      key.join('\\n'),
      key.slice(0, 9).join('\n'),
      `"${key.join('\\n')}"`,
    ]) {
      const masked = sanitiseLines(`before\n${text}`);
      for (const line of key.slice(1, -1)) expect(masked).not.toContain(line);
      expect(masked).toContain('before');
    }
  });

  it('is hidden line by line, and what follows it is shown again', () => {
    const hide = createKeyHider();
    const lines = ['I1122 before', ...key, 'I1122 after', key[3] ?? '', 'I1122 end'];
    const shown = lines.map((line) => hide(sanitise(line)));
    expect(shown.filter((line) => line.startsWith('I1122'))).toEqual([
      'I1122 before',
      'I1122 after',
      'I1122 end',
    ]);
    for (const line of key.slice(1, -1)) expect(shown.join('\n')).not.toContain(line);
  });
});

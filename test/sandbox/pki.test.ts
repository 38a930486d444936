// The sandbox's certificates hold before OpenSSL and before a real TLS handshake, and are made fast.
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KeyPair } from '../../src/sandbox/pki/certificate.ts';
import { createPki, type Pki } from '../../src/sandbox/pki/pki.ts';

const masters = [
  { name: 'kuberm', address: '172.16.155.158' },
  { name: 'kuberm2', address: '172.16.155.165' },
];
const withOpenssl = spawnSync('openssl', ['version']).status === 0;

function of(pairs: Readonly<Record<string, KeyPair>>, name: string): KeyPair {
  const pair = pairs[name];
  if (!pair) throw new Error(`no certificate for ${name}`);
  return pair;
}

describe('createPki', () => {
  let pki: Pki;
  beforeAll(() => {
    pki = createPki({ masters });
  });

  it('signs every certificate with its own authority and gives each its own serial', () => {
    const authority = new X509Certificate(pki.ca);
    const pairs = [pki.etcd, pki.etcdClient, pki.admin, pki.scheduler, pki.controllerManager];
    pairs.push(...Object.values(pki.apiserver), ...Object.values(pki.kubelet));
    const certs = pairs.map((pair) => new X509Certificate(pair.cert));
    expect(certs).toHaveLength(9);
    for (const cert of certs) {
      expect(cert.checkIssued(authority)).toBe(true);
      expect(cert.verify(authority.publicKey)).toBe(true);
      expect(cert.ca).toBe(false);
    }
    expect(new Set(certs.map((cert) => cert.serialNumber)).size).toBe(9);
    expect(new X509Certificate(createPki({ masters }).ca).fingerprint256).not.toBe(authority.fingerprint256);
  });

  it('names servers by loopback, advertised address, service name and service address', () => {
    const cert = new X509Certificate(of(pki.apiserver, 'kuberm2').cert);
    for (const ip of ['127.0.0.1', '172.16.155.165', '172.18.0.1']) expect(cert.checkIP(ip)).toBe(ip);
    for (const host of ['localhost', 'kuberm2', 'kubernetes.default.svc']) {
      expect(cert.checkHost(host)).toBe(host);
    }
    expect(cert.checkIP('172.16.155.158')).toBeUndefined();
  });

  it('says who a client is', () => {
    expect(new X509Certificate(pki.admin.cert).subject).toBe('O=system:masters\nCN=kubernetes-admin');
    expect(new X509Certificate(of(pki.kubelet, 'kuberm').cert).subject).toContain('CN=system:node:kuberm');
  });

  it.skipIf(!withOpenssl)('is accepted by OpenSSL under strict rules', () => {
    const dir = mkdtempSync(join(tmpdir(), 'kha-pki-'));
    try {
      writeFileSync(join(dir, 'ca.crt'), pki.ca);
      writeFileSync(join(dir, 'server.crt'), of(pki.apiserver, 'kuberm').cert);
      writeFileSync(join(dir, 'client.crt'), pki.scheduler.cert);
      const verify = (purpose: string, file: string) =>
        execFileSync('openssl', ['verify', '-x509_strict', '-purpose', purpose, '-CAfile', 'ca.crt', file], {
          cwd: dir,
          encoding: 'utf8',
          stdio: 'pipe',
        });
      expect(verify('sslserver', 'server.crt')).toContain('server.crt: OK');
      expect(verify('sslclient', 'client.crt')).toContain('client.crt: OK');
      expect(() => verify('sslserver', 'client.crt')).toThrow();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it('is made in well under 50 ms once warm', () => {
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      createPki({ masters });
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

describe('a TLS server that wants a client certificate', () => {
  const pki = createPki({ masters });
  const server = createServer(
    { ...of(pki.apiserver, 'kuberm'), ca: pki.ca, requestCert: true, rejectUnauthorized: true },
    (_request, response) => response.end('hello'),
  );
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  const ask = (client: Partial<KeyPair>) =>
    new Promise<number>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const asked = request({ host: '127.0.0.1', port, ca: pki.ca, agent: false, ...client }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      });
      asked.on('error', reject).end();
    });

  it('lets this run in', async () => {
    expect(await ask(pki.admin)).toBe(200);
  });

  it('keeps out a stranger and another run', async () => {
    await expect(ask({})).rejects.toThrow();
    await expect(ask(createPki({ masters }).admin)).rejects.toThrow();
  });
});

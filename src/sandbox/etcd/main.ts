// The sandbox's store: etcd's JSON gateway on loopback, for those who hold this run's client certificate.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { readFlags, required } from '../process/flags.ts';
import { announceReady } from '../process/ready.ts';
import { createGateway } from './gateway.ts';
import { openJournal } from './journal.ts';
import { Leases } from './leases.ts';
import { Revisions } from './revisions.ts';

const flags = readFlags(process.argv.slice(2));
const url = new URL(required(flags, 'listen-client-urls').split(',')[0] ?? '');
if (url.protocol !== 'https:' || url.hostname !== '127.0.0.1') {
  console.error(`the sandbox's store listens with TLS on 127.0.0.1 only, not on ${url.origin}`);
  process.exit(1);
}

const revisions = new Revisions();
const dataDir = flags.get('data-dir');
if (dataDir !== undefined) openJournal(revisions, dataDir);

const server = createServer(
  {
    cert: readFileSync(required(flags, 'cert-file')),
    key: readFileSync(required(flags, 'key-file')),
    ca: readFileSync(required(flags, 'trusted-ca-file')),
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    requestTimeout: 0,
    keepAliveTimeout: 0,
    noDelay: true,
  },
  createGateway({ revisions, leases: new Leases(revisions) }),
);
server.on('error', (error) => {
  console.error(`cannot listen on ${url.origin}: ${error.message}`);
  process.exit(1);
});
server.listen(Number(url.port), url.hostname, () => {
  console.error(`ready to serve client requests on ${url.origin}`);
  announceReady();
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));

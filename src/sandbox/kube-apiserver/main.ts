// An API server in miniature, one process a master: the real one's flags, over the sandbox's store.
import { createServer } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { openLog } from '../klog/open.ts';
import { announceReady } from '../process/ready.ts';
import { bootstrap } from './bootstrap.ts';
import { compactEvery } from './compaction.ts';
import { Feed } from './feed.ts';
import { MasterLease } from './masterlease.ts';
import { type Publishing, publish, withdraw } from './reconcile.ts';
import { requestLog } from './requestlog.ts';
import { createHandler } from './server.ts';
import { readSettings } from './settings.ts';
import { Store } from './store.ts';
import { versionInfo } from './style.ts';

const reconcileEveryMs = 10_000;
/** While the store is not there yet: it may be starting beside this process. */
const retryMs = 25;
const leaveWithinMs = 2_000;

const settings = readSettings(process.argv.slice(2), process.env);
const { style, serviceRange, advertiseAddress } = settings;
const klog = openLog('kube-apiserver', settings.flags, process.env);
const store = new Store({ servers: settings.etcdServers, ...settings.etcd });
const feed = new Feed(store);
const leaving = new AbortController();
const writing = { store, style, serviceRange, dryRun: false };
const publishing: Publishing = {
  writing,
  address: advertiseAddress,
  reconciler: settings.reconciler,
  count: settings.apiserverCount,
  lease: new MasterLease(store, advertiseAddress),
};

klog.log('INFO', 'server.go:125', `Version: ${versionInfo(style).gitVersion}`);
const server = createServer(
  {
    ...settings.serving,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    requestTimeout: 0,
    keepAliveTimeout: 120_000,
    noDelay: true,
  },
  createHandler({
    store,
    feed,
    style,
    serviceRange,
    advertiseAddress,
    signal: leaving.signal,
    log: requestLog(klog, style),
  }),
);
server.on('error', (error) => {
  klog.log(
    'FATAL',
    'server.go:162',
    `failed to listen on ${settings.bindAddress}:${settings.port}: ${error.message}`,
  );
  process.exit(1);
});
server.listen(settings.port, settings.bindAddress);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void leave());

void feed.run(leaving.signal);
await untilItWorks(() => bootstrap(writing));
await untilItWorks(() => publish(publishing));
await feed.stands();
klog.log('INFO', 'serve.go:89', `Serving securely on ${settings.bindAddress}:${settings.port}`);
announceReady();
setInterval(() => void look(), reconcileEveryMs);
compactEvery(store, () => feed.revision);

async function untilItWorks(work: () => Promise<void>): Promise<void> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (tried === 0) klog.log('WARNING', 'clientconn.go:1223', `${(error as Error).message}; trying again`);
      await wait(retryMs);
    }
  }
}

async function look(): Promise<void> {
  try {
    await publish(publishing);
  } catch (error) {
    klog.log('ERROR', 'controller.go:152', `Unable to sync kubernetes service: ${(error as Error).message}`);
  }
}

async function leave(): Promise<void> {
  leaving.abort();
  // At once, and not only when this process ends: kept connections would still carry a renewal.
  server.close();
  server.closeIdleConnections();
  // A store that does not answer must not keep it.
  await Promise.race([withdraw(publishing).catch(() => undefined), wait(leaveWithinMs)]);
  klog.flush();
  process.exit(0);
}

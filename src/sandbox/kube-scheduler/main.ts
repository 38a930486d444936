// kube-scheduler of the sandbox: elects as the real one does, and the leader really binds pods.
import type { Node, Pod } from '../client/object.ts';
import { reflect } from '../client/reflector.ts';
import type { Component } from '../elector/component.ts';
import { runComponent } from '../elector/component.ts';
import { goroutineDump } from '../elector/dump.ts';
import { structured } from '../klog/structured.ts';
import { type Caches, createScheduling } from './schedule.ts';

/** Does nothing until this instance leads; its caches are warm before that, as the real one's are. */
let look: () => void = () => undefined;
let caches: Caches | undefined;

runComponent(
  {
    name: 'kube-scheduler',
    eventSource: 'default-scheduler',
    logsEvents: process.env.KHA_SANDBOX_STYLE === '1.6',
    prepare: ({ client, klog, style }) => {
      if (style === '1.36')
        klog.log(
          'INFO',
          'server.go:178',
          structured('Starting Kubernetes Scheduler', { version: 'v1.36.3' }),
        );
      const signal = new AbortController().signal;
      const changed = () => look();
      caches = {
        pods: reflect<Pod>(client, { path: '/api/v1/pods', signal, changed }),
        nodes: reflect<Node>(client, { path: '/api/v1/nodes', signal, changed }),
      };
    },
    lead: (component) => {
      if (!caches) return;
      look = createScheduling(component, caches);
      look();
    },
    lost: ({ klog, style }) => {
      if (style === '1.6') {
        klog.log('FATAL', 'server.go:157', `lost master\n${goroutineDump}`);
        return 255;
      }
      klog.log('ERROR', 'server.go:328', structured('Leaderelection lost', {}));
      return 1;
    },
    stopped: ({ klog }: Component) =>
      klog.log('INFO', 'server.go:324', structured('Requested to terminate, exiting', {})),
  },
  process.argv.slice(2),
  process.env,
);

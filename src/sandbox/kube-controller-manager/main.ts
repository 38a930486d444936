// kube-controller-manager of the sandbox: elects as the real one does, and the leader watches nodes and gives controllers their pods.
import { runComponent } from '../elector/component.ts';
import { goroutineDump } from '../elector/dump.ts';
import { structured } from '../klog/structured.ts';
import { watchNodes } from './nodes.ts';
import { replicate } from './replication.ts';

const isOld = process.env.KHA_SANDBOX_STYLE === '1.6';

runComponent(
  {
    name: 'kube-controller-manager',
    eventSource: isOld ? 'controller-manager' : 'kube-controller-manager',
    logsEvents: true,
    prepare: ({ klog, style }) => {
      if (style === '1.36')
        klog.log('INFO', 'controllermanager.go:187', structured('Starting', { version: 'v1.36.3' }));
    },
    lead: (component) => {
      watchNodes(component);
      replicate(component);
    },
    lost: ({ klog, style }) => {
      if (style === '1.6') {
        klog.log('FATAL', 'controllermanager.go:181', `leaderelection lost\n${goroutineDump}`);
        return 255;
      }
      klog.log('ERROR', 'controllermanager.go:406', structured('leaderelection lost/stopped', {}));
      return 1;
    },
    // Only with --feature-gates=ControllerManagerReleaseLeaderElectionLockOnExit=true; it dies at once without.
    stopped: () => undefined,
  },
  process.argv.slice(2),
  process.env,
);

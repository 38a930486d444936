// What a candidate says, in the words, places and verbosities of Kubernetes 1.6 and 1.36.
import type { Saying } from '../../model/electionturn.ts';
import type { Klog } from '../klog/klog.ts';
import { structured } from '../klog/structured.ts';
import type { Style } from '../kube-apiserver/style.ts';

/** @param lock `kube-system/kube-scheduler` */
export function wordingOf(
  style: Style,
  { klog, lock }: { readonly klog: Klog; readonly lock: string },
): (saying: Saying) => void {
  return style === '1.6' ? plain(klog, lock) : fielded(klog, lock);
}

function plain(klog: Klog, lock: string): (saying: Saying) => void {
  const at = (line: number) => `leaderelection.go:${line}`;
  const info = (line: number, text: string) => klog.log('INFO', at(line), text);
  return (saying) => {
    switch (saying.is) {
      case 'attempting':
        return info(179, 'attempting to acquire leader lease...');
      case 'held':
        return klog.v(4, at(248), `lock is held by ${saying.holder} and has not yet expired`);
      case 'notAcquired':
        return klog.v(4, at(185), `failed to acquire lease ${lock}`);
      case 'acquired':
        return info(189, `successfully acquired lease ${lock}`);
      case 'renewed':
        // The typo is 1.6's own.
        return klog.v(4, at(204), `succesfully renewed lease ${lock}`);
      case 'gaveUp':
        return info(207, `failed to renew lease ${lock}`);
      case 'requestFailed': {
        const { reason, during } = saying;
        if (during === 'get') klog.log('ERROR', at(229), `error retrieving resource lock ${lock}: ${reason}`);
        else if (during === 'create')
          klog.log('ERROR', at(237), `error initially creating leader election record: ${reason}`);
        else klog.log('ERROR', at(263), `Failed to update lock: ${reason}`);
      }
    }
  };
}

function fielded(klog: Klog, lock: string): (saying: Saying) => void {
  const at = (line: number) => `leaderelection.go:${line}`;
  const info = (line: number, text: string, more = {}) =>
    klog.log('INFO', at(line), structured(text, { lock, ...more }));
  const failed = {
    fastPath: [452, 'Failed to update lease optimistically, falling back to slow path'],
    get: [461, 'Error retrieving lease lock'],
    create: [467, 'Error initially creating lease lock'],
    update: [502, 'Failed to update lease'],
    releaseGet: [328, 'Error retrieving lease lock'],
    release: [350, 'Failed to release lease'],
  } as const;
  return (saying) => {
    switch (saying.is) {
      case 'attempting':
        return info(258, 'Attempting to acquire leader lease...');
      case 'held':
        return klog.v(
          4,
          at(481),
          structured('Lease is held by and has not yet expired', { lock, holder: saying.holder }),
        );
      case 'notAcquired':
        return klog.v(4, at(267), structured('Failed to acquire lease', { lock }));
      case 'acquired':
        return info(272, 'Successfully acquired lease');
      case 'renewed':
        return klog.v(5, at(300), structured('Successfully renewed lease', { lock }));
      case 'gaveUp':
        return info(304, 'Failed to renew lease', { err: saying.reason });
      case 'lockGone':
        return info(331, 'lease lock not found');
      case 'requestFailed': {
        const [line, text] = failed[saying.during];
        const message = structured(text, { err: saying.reason, lock });
        if (saying.during === 'fastPath') klog.v(2, at(line), message);
        else klog.log('ERROR', at(line), message);
      }
    }
  };
}

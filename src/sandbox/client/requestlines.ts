// The component's own requests in its log, from `--v=6`, with the address its API server is known by.

import type { Klog } from '../klog/klog.ts';
import { structured } from '../klog/structured.ts';
import type { Style } from '../kube-apiserver/style.ts';
import type { Exchange } from './client.ts';

/** @param base `https://172.16.155.158:6443` */
export function requestLines(
  style: Style,
  { klog, base }: { readonly klog: Klog; readonly base: string },
): (exchange: Exchange) => void {
  return ({ method, path, status, statusText, tookMs }) => {
    if (!klog.enabled(6)) return;
    const url = `${base}${path}`;
    const answer = status === 0 ? '' : `${status} ${statusText}`;
    const took = Math.floor(tookMs);
    if (style === '1.6')
      klog.log('INFO', 'round_trippers.go:417', `${method} ${url} ${answer} in ${took} milliseconds`);
    else
      klog.log(
        'INFO',
        'round_trippers.go:632',
        structured('Response', { verb: method, url, status: answer, milliseconds: took }),
      );
  };
}

/** `KHA_SANDBOX_ADVERTISED` is `host:port`, with or without a scheme. */
export function advertisedBase(advertised: string | undefined, server: string): string {
  if (!advertised) return server;
  return /^https?:/.test(advertised) ? advertised : `https://${advertised}`;
}

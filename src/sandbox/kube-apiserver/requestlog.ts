// The line each request leaves in the log, in the words of either version.
import { randomUUID } from 'node:crypto';
import type { Klog } from '../klog/klog.ts';
import type { RequestLine } from './server.ts';
import type { Style } from './style.ts';

/** Logs requests at `--v=3` and above, as the real ones do. */
export function requestLog(klog: Klog, style: Style): (line: RequestLine) => void {
  return (line) => {
    if (!klog.enabled(3)) return;
    const took = `${line.ms.toFixed(6)}ms`;
    if (style === '1.6') {
      const who = `[[${line.agent}] ${line.from}]`;
      klog.v(3, 'wrap.go:75', `${line.method} ${line.url}: (${took}) ${line.status} ${who}`);
      return;
    }
    const fields = [
      `verb="${verbOf(line)}"`,
      `URI=${JSON.stringify(line.url)}`,
      `latency="${took}"`,
      `userAgent=${JSON.stringify(line.agent)}`,
      `audit-ID="${randomUUID()}"`,
      `srcIP="${line.from}"`,
      `resp=${line.status}`,
    ];
    klog.v(3, 'httplog.go:134', `"HTTP" ${fields.join(' ')}`);
  };
}

function verbOf({ method, url }: RequestLine): string {
  const path = url.split('?')[0] ?? '';
  if (method !== 'GET' || !/^\/apis?\//.test(path)) return method;
  if (/[?&]watch=(1|true)\b/.test(url)) return 'WATCH';
  const resource = path.replace(/^\/(api|apis\/[^/]+)\/[^/]+/, '').replace(/^\/namespaces\/[^/]+(?=\/)/, '');
  return resource.split('/').filter((part) => part !== '').length === 1 ? 'LIST' : 'GET';
}

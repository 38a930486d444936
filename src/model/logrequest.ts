// The component's own requests, as round_trippers.go prints them from verbosity 6.
import type { LogEvent } from './logevent.ts';
import type { Message } from './logmeaning.ts';

const line = /^(?:([A-Z]{3,7}) )?(\S+) +(?:(\d{3})\b.*)?in (\d+) milliseconds$/;
const origin = /^https?:\/\/[^/]+/;

/**
 * A request, or null. A status of 0 means there was no answer.
 * Where the line's beginning was cut off the method is empty and the path only its end.
 */
export function requestEvent({ text, field }: Message): LogEvent | null {
  if (text === 'Response') return fromFields(field);
  if (!text.endsWith('milliseconds')) return null;
  const [, method = '', url, status = '0', took] = line.exec(text) ?? [];
  if (url === undefined || took === undefined || url === 'Status:') return null;
  return {
    is: 'request',
    method,
    path: url.replace(origin, ''),
    status: Number(status),
    tookMs: Number(took),
  };
}

function fromFields(field: Message['field']): LogEvent | null {
  const method = field('verb');
  const url = field('url');
  const took = field('milliseconds');
  if (method === null || url === null || took === null) return null;
  const status = Number.parseInt(field('status') ?? '', 10);
  return {
    is: 'request',
    method,
    path: url.replace(origin, ''),
    status: Number.isNaN(status) ? 0 : status,
    tookMs: Number(took),
  };
}

// Writes a component's log at a steady rate: node --import tsx generator.ts FILE LINES_A_SECOND SECONDS. Lines are numbered.
import { closeSync, openSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

const everyMs = 10;

async function main([file = '', rate = '5000', seconds = '60']: readonly string[]): Promise<void> {
  const descriptor = openSync(file, 'a');
  const total = Number(rate) * Number(seconds);
  const started = performance.now();
  for (let written = 0; written < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * Number(rate)));
    let text = '';
    for (; written < due; written += 1) text += `${header()} ${message(written)} n=${written}\n`;
    if (text !== '') writeSync(descriptor, text);
    await pause(everyMs);
  }
  closeSync(descriptor);
}

/** As klog writes it, in UTC, with microseconds. */
function header(): string {
  const now = performance.timeOrigin + performance.now();
  const iso = new Date(now).toISOString();
  const micros = String(Math.floor((now % 1) * 1000)).padStart(3, '0');
  return `I${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}${micros}   ${process.pid} round_trippers.go:454]`;
}

function message(number: number): string {
  const node = `${hostname()}-${number % 100}`;
  return number % 3 === 0
    ? `GET https://172.16.155.158:6443/api/v1/nodes/${node}?resourceVersion=0 200 OK in 3 milliseconds`
    : `"Attempting to bind pod to node" pod="default/web-${number}" node="${node}"`;
}

await main(process.argv.slice(2));

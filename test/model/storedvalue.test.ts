// What etcdctl prints of a key, as a person reads it: JSON left alone, protobuf by its words.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readableStored } from '../../src/model/storedvalue.ts';

const fixture = join(import.meta.dirname, '../fixtures/kubernetes-1.20.2-endpoints/etcdctl.txt');

/** Kept as `cat -v` shows it: `^X` a control character, `M-` the upper half of the bytes. */
function bytesOf(shown: string): Buffer {
  const codes = [...shown.matchAll(/(M-)?(?:\^([@-_?])|([\s\S]))/g)].map(([, high, control, plain = '']) => {
    const low = control === undefined ? plain.charCodeAt(0) : control.charCodeAt(0) ^ 0x40;
    return low + (high ? 0x80 : 0);
  });
  return Buffer.from(codes);
}

test('what 1.20 stored shows its words', () => {
  const printed = readFileSync(fixture, 'utf8');
  const one = printed.slice(0, printed.indexOf('\n/registry/', 1));
  const text = readableStored(bytesOf(one).toString('utf8'));
  const [key, words = ''] = text.trimEnd().split('\n');
  expect(key).toBe('/registry/services/endpoints/default/kubernetes');
  expect(words).toMatch(/^k8s Endpoints kubernetes default" \S*68cc0230-6f76-4bc0-aa68-4d1b28d474342 /);
  expect(words).toMatch(/ 172\.16\.155\.158 172\.16\.155\.165 https TCP$/);
  expect(text).not.toMatch(/[^\n\x20-\x7e]/);
});

test('JSON stays as it is', () => {
  const text = '/registry/a\n{"subsets":[{"addresses":[{"ip":"172.16.155.158"}]}]}\n';
  expect(readableStored(text)).toBe(text);
});

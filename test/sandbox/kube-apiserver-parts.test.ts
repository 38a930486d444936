// The rules inside the API server that need no server: reconcilers, selectors, patches, ages, protobuf.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageOf } from '../../src/sandbox/kube-apiserver/ages.ts';
import { applyJsonPatch } from '../../src/sandbox/kube-apiserver/jsonpatch.ts';
import { kindsOf } from '../../src/sandbox/kube-apiserver/kinds.ts';
import type { KubeObject } from '../../src/sandbox/kube-apiserver/object.ts';
import { mergePatch } from '../../src/sandbox/kube-apiserver/patch.ts';
import { readProtobuf } from '../../src/sandbox/kube-apiserver/protobuf.ts';
import { byCount } from '../../src/sandbox/kube-apiserver/reconcile.ts';
import { targetOf } from '../../src/sandbox/kube-apiserver/route.ts';
import { labelSelector } from '../../src/sandbox/kube-apiserver/selectors.ts';
import { strategicMerge } from '../../src/sandbox/kube-apiserver/strategic.ts';

describe('master-count', () => {
  it('adds its own address and keeps the others while there is room, dead or not', () => {
    expect(byCount([], '10.0.0.1', 2)).toEqual(['10.0.0.1']);
    expect(byCount(['10.0.0.2'], '10.0.0.1', 2)).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(byCount(['10.0.0.1', '10.0.0.2'], '10.0.0.1', 2)).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it('lets two with a count of one overwrite each other', () => {
    expect(byCount(['10.0.0.2'], '10.0.0.1', 1)).toEqual(['10.0.0.1']);
    expect(byCount(['10.0.0.1'], '10.0.0.2', 1)).toEqual(['10.0.0.2']);
  });

  it('never drops its own, never keeps more than the count', () => {
    const address = fc.ipV4();
    fc.assert(
      fc.property(fc.array(address), address, fc.integer({ min: 1, max: 5 }), (held, own, count) => {
        const kept = byCount(held, own, count);
        expect(kept).toContain(own);
        expect(kept.length).toBeLessThanOrEqual(count);
        expect(kept.length).toBe(Math.min(count, new Set([...held, own]).size));
      }),
    );
  });
});

describe('label selectors', () => {
  const object = (labels: Record<string, string>): KubeObject => ({
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: 'a', labels },
  });
  it.each([
    ['a=b', true],
    ['a==b', true],
    ['a!=b', false],
    ['c!=d', true],
    ['a', true],
    ['!a', false],
    ['a in (b, c)', true],
    ['a notin (b)', false],
    ['c notin (b)', true],
    ['a=b,k8s.io/x=1', true],
    ['', true],
  ])('%s', (text, expected) => {
    expect(labelSelector(text)(object({ a: 'b', 'k8s.io/x': '1' }))).toBe(expected);
  });

  it('that make no sense are refused', () => {
    expect(() => labelSelector('a=b=c')).toThrow('unable to parse');
  });
});

describe('patches', () => {
  it('merge as RFC 7386 says', () => {
    expect(mergePatch({ a: 'b', c: { d: 'e', f: 'g' } }, { a: 'z', c: { f: null } })).toEqual({
      a: 'z',
      c: { d: 'e' },
    });
    expect(mergePatch({ a: [1] }, { a: { b: { c: null } } })).toEqual({ a: { b: {} } });
  });

  it('step as RFC 6902 says', () => {
    expect(applyJsonPatch({ a: [1, 3] }, [{ op: 'add', path: '/a/1', value: 2 }])).toEqual({ a: [1, 2, 3] });
    expect(applyJsonPatch({ a: [1] }, [{ op: 'add', path: '/a/-', value: 2 }])).toEqual({ a: [1, 2] });
    expect(applyJsonPatch({ a: { b: 1 } }, [{ op: 'move', from: '/a/b', path: '/c' }])).toEqual({
      a: {},
      c: 1,
    });
    expect(applyJsonPatch({ 'a/b': 1 }, [{ op: 'remove', path: '/a~1b' }])).toEqual({});
    expect(() => applyJsonPatch({}, [{ op: 'remove', path: '/a' }])).toThrow('missing path');
    expect(() => applyJsonPatch({}, [{ op: 'add', path: '/a/b', value: 1 }])).toThrow('missing path');
  });

  it('merge conditions by type, replace plain lists, unite finalizers', () => {
    const current = {
      conditions: [{ type: 'Ready', status: 'True', since: 1 }],
      args: ['a'],
      finalizers: ['x'],
    };
    const patch = {
      conditions: [{ type: 'Ready', status: 'False' }, { type: 'Other' }],
      args: ['b'],
      finalizers: ['y'],
    };
    expect(strategicMerge(current, { ...patch, '$setElementOrder/conditions': [] })).toEqual({
      conditions: [{ type: 'Ready', status: 'False', since: 1 }, { type: 'Other' }],
      args: ['b'],
      finalizers: ['x', 'y'],
    });
    expect(strategicMerge({ a: { b: 1 } }, { a: { $patch: 'replace', c: 2 } })).toEqual({ a: { c: 2 } });
    expect(strategicMerge({ list: ['a', 'b'] }, { '$deleteFromPrimitiveList/list': ['a'] })).toEqual({
      list: ['b'],
    });
  });
});

describe('ages', () => {
  it.each([
    [0, '0s'],
    [119, '119s'],
    [120, '2m'],
    [586, '9m46s'],
    [600, '10m'],
    [10_799, '179m'],
    [10_800, '3h'],
    [11_100, '3h5m'],
    [28_800, '8h'],
    [172_800, '2d'],
    [180_000, '2d2h'],
    [34 * 86_400, '34d'],
    [800 * 86_400, '2y70d'],
  ])('%i s is %s', (seconds, expected) => {
    expect(ageOf(new Date(0).toISOString(), seconds * 1000)).toBe(expected);
  });

  it('without a time are unknown', () => {
    expect(ageOf(null, 0)).toBe('<unknown>');
  });
});

describe('paths', () => {
  const kinds = kindsOf('1.36');
  it('name an object, a collection, a subresource', () => {
    expect(targetOf('/api/v1/namespaces/kube-system', kinds)).toMatchObject({
      kind: { kind: 'Namespace' },
      name: 'kube-system',
    });
    expect(targetOf('/api/v1/namespaces/a/pods/b/status', kinds)).toMatchObject({
      kind: { kind: 'Pod' },
      namespace: 'a',
      name: 'b',
      subresource: 'status',
    });
    expect(targetOf('/apis/coordination.k8s.io/v1/leases', kinds)).toMatchObject({
      kind: { kind: 'Lease' },
      namespace: undefined,
    });
  });

  it.each([
    '/api/v1/things',
    '/api/v2/pods',
    '/api/v1/pods/a',
    '/api/v1/namespaces/a/pods/b/log',
    '/apis/apps/v1/x',
    '/x',
  ])('%s is none', (path) => {
    expect(() => targetOf(path, kinds)).toThrow('could not find');
  });
});

describe('protobuf', () => {
  it('that ends too early or is of an unknown kind is refused', () => {
    expect(() => readProtobuf(Buffer.from('{}'))).toThrow('not in protobuf form');
    expect(() => readProtobuf(Buffer.from('k8s\0\x0a', 'latin1'))).toThrow('ends too early');
    expect(() => readProtobuf(Buffer.from('k8s\0\x0a\x05\x12\x03Foo', 'latin1'))).toThrow('of Foo');
  });
});

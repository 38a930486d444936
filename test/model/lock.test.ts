// Lock records of every shape an API server hands out.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  isFree,
  masterOfHolder,
  recordFromAnnotated,
  recordFromLease,
  sameRecord,
} from '../../src/model/lock.ts';

/** The answer to one command in a transcript of `$ command` lines and outputs. */
function answer(file: string, command: string): string {
  const text = readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8');
  const after = text.split(`$ ${command}\n`)[1] ?? '';
  return after.split('\n$ ')[0] ?? '';
}

const annotated = (leader: unknown) => ({
  metadata: { annotations: { 'control-plane.alpha.kubernetes.io/leader': leader } },
});

describe('the record of a lock', () => {
  it('is read from a real Endpoints annotation', () => {
    const json = answer(
      'kubernetes-1.20.2-endpoints/kubectl.txt',
      'kubectl -n kube-system get endpoints kube-scheduler -o json',
    );
    expect(recordFromAnnotated(JSON.parse(json))).toEqual({
      holder: 'kuberm_5a3d7dbc-b17b-44fd-b950-d80ff8ba2ffb',
      leaseDurationSeconds: 15,
      acquireTime: '2026-11-22T20:01:04Z',
      renewTime: '2026-11-22T20:06:03Z',
      transitions: 18,
    });
  });

  it('is read from a real Lease', () => {
    const yaml = answer(
      'kubernetes-1.36.3-leases/kubectl.txt',
      'kubectl -n kube-system get lease kube-scheduler -o yaml',
    );
    expect(recordFromLease(parse(yaml))).toEqual({
      holder: 'cp-west_f44eb91e-e629-46bd-942d-fd452222f5a1',
      leaseDurationSeconds: 15,
      acquireTime: '2026-11-22T20:05:03.881359Z',
      renewTime: '2026-11-22T20:14:23.316461Z',
      transitions: 18,
    });
  });

  it('takes absent, null and empty alike', () => {
    const nobody = {
      holder: '',
      leaseDurationSeconds: null,
      acquireTime: null,
      renewTime: null,
      transitions: null,
    };
    expect(recordFromLease({})).toEqual(nobody);
    expect(recordFromLease({ spec: null })).toEqual(nobody);
    expect(recordFromLease({ spec: { holderIdentity: null, acquireTime: null } })).toEqual(nobody);
    expect(recordFromAnnotated(annotated('{"holderIdentity":""}'))).toEqual(nobody);
    expect(
      recordFromAnnotated(annotated('{"holderIdentity":"","leaseDurationSeconds":0,"renewTime":null}')),
    ).toEqual({
      ...nobody,
      leaseDurationSeconds: 0,
    });
  });

  it('is null where there is none', () => {
    for (const object of [
      null,
      undefined,
      'x',
      [],
      {},
      { metadata: {} },
      annotated(null),
      annotated('{'),
      annotated('[]'),
    ]) {
      expect(recordFromAnnotated(object)).toBeNull();
    }
    for (const object of [null, undefined, 7, 'x', []]) expect(recordFromLease(object)).toBeNull();
  });

  it('carries no orders to the terminal', () => {
    expect(recordFromLease({ spec: { holderIdentity: '\x1b[2Jkuberm' } })?.holder).toBe('␛[2Jkuberm');
  });

  it('is the same only if every field is', () => {
    const record = recordFromLease({ spec: { holderIdentity: 'a', renewTime: 't' } });
    expect(sameRecord(record, recordFromLease({ spec: { holderIdentity: 'a', renewTime: 't' } }))).toBe(true);
    expect(sameRecord(record, recordFromLease({ spec: { holderIdentity: 'a', renewTime: 'u' } }))).toBe(
      false,
    );
    expect(sameRecord(record, null)).toBe(false);
    expect(sameRecord(null, null)).toBe(true);
    expect([isFree(null), isFree(recordFromLease({})), isFree(record)]).toEqual([true, true, false]);
  });
});

describe('the master that holds a lock', () => {
  const masters = [{ name: 'kuberm' }, { name: 'kuberm2' }, { name: 'third', identity: 'node_3.lab' }];

  it('is named by the bare host name or by hostname_uuid', () => {
    expect(masterOfHolder('kuberm', masters)).toBe('kuberm');
    expect(masterOfHolder('kuberm2_79bbe67b-01d9-4ab0-b024-b19254f93b45', masters)).toBe('kuberm2');
    expect(masterOfHolder('node_3.lab', masters)).toBe('third');
    expect(masterOfHolder('node_3.lab_79bbe67b', masters)).toBe('third');
  });

  it('is nobody for an empty holder, a stranger, or a name that an identity replaces', () => {
    for (const holder of ['', 'kuberm3', 'kuberm_x_y', 'third', 'leaderelection.k8s.io/unknown']) {
      expect(masterOfHolder(holder, masters)).toBeNull();
    }
  });
});

// A Kubernetes object as it is stored and answered.
import { ownClock } from '../clock/clock.ts';

export interface Metadata {
  name: string;
  generateName?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string | null;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  [field: string]: unknown;
}

export interface KubeObject {
  kind: string;
  apiVersion: string;
  metadata: Metadata;
  [field: string]: unknown;
}

export type Json = null | boolean | number | string | Json[] | JsonMap;
export interface JsonMap {
  [name: string]: Json;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The value at `a.b.c`, or undefined. */
export function at(object: unknown, path: string): unknown {
  let value = object;
  for (const name of path.split('.')) value = isMap(value) ? value[name] : undefined;
  return value;
}

/** The text at `a.b.c`; numbers and booleans as text, anything else as ''. */
export function textAt(object: unknown, path: string): string {
  const value = at(object, path);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? `${value}`
    : '';
}

export function listAt(object: unknown, path: string): readonly unknown[] {
  const value = at(object, path);
  return Array.isArray(value) ? value : [];
}

/** A time as Kubernetes writes it: whole seconds. */
export const timestamp = (now = ownClock.wallMs()): string => `${new Date(now).toISOString().slice(0, 19)}Z`;

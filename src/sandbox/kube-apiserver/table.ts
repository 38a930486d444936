// Tables: what `kubectl get` asks for, so that the server decides what is shown.
import { type Column, columnsOf } from './columns.ts';
import type { KubeObject } from './object.ts';
import type { Style } from './style.ts';

export interface TableOptions {
  readonly kind: string;
  readonly style: Style;
  readonly now: number;
  /** `includeObject`: Metadata (the default), Object or None. */
  readonly include: string;
}

/** Whether an Accept header asks for a table, before anything else that is served. */
export function wantsTable(accept: string): boolean {
  const first = accept
    .split(',')
    .map((type) => type.trim())
    .find((type) => type.startsWith('application/json'));
  return first !== undefined && /;\s*as=Table\b/.test(first);
}

export function tableOf(objects: readonly KubeObject[], metadata: object, options: TableOptions) {
  const columns = columnsOf(options.kind, options.style);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(definition),
    rows: objects.map((object) => ({
      cells: columns.map((column) => column.cell(object, options.now)),
      ...included(object, options.include),
    })),
  };
}

function definition({ name, wide, type }: Column) {
  const format = name === 'Name' ? 'name' : '';
  return { name, type: type ?? 'string', format, description: '', priority: wide ? 1 : 0 };
}

function included(object: KubeObject, include: string): { object?: object } {
  if (include === 'None') return {};
  if (include === 'Object') return { object };
  const { metadata } = object;
  return { object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata } };
}

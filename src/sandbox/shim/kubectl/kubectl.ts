// `kubectl` on a sandbox's master, for laptops that have none: reads its own API server.
import { parseArgs } from 'node:util';
import type { ApiClient } from '../../supervisor/api.ts';
import { Refusal } from '../../systemd/refusal.ts';
import type { ShimCall, ShimProgram } from '../call.ts';
import { createFrom, runPod } from './make.ts';
import { pathOf, type Resource, resourceOf } from './resources.ts';
import { printTable } from './table.ts';

const tables = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

export function kubectl(api: ApiClient): ShimProgram {
  return async (call) => {
    const { flags, words, after } = readFlags(call.args);
    const making = { api, namespace: flags.namespace ?? 'default' };
    const [verb = '', kind = '', ...names] = words;
    switch (verb) {
      case 'get':
        return get(call, { api, flags, targets: readTargets(kind, names) });
      case 'describe':
        return get(call, { api, flags: { ...flags, output: 'yaml' }, targets: readTargets(kind, names) });
      case 'delete':
        return remove(call, { api, flags, targets: readTargets(kind, names) });
      case 'run':
        return runPod(call, making, { name: kind, image: flags.image, restart: flags.restart, args: after });
      case 'create':
        return createFrom(call, making, flags.filename);
      case 'version':
        return version(call, api);
      default:
        throw new Refusal(
          `error: the sandbox's kubectl knows get, describe, run, create, delete and version, not "${verb}"`,
        );
    }
  };
}

type Flags = ReturnType<typeof readFlags>['flags'];

interface Target {
  readonly resource: Resource;
  readonly name: string | undefined;
}

interface Asked {
  readonly api: ApiClient;
  readonly flags: Flags;
  readonly targets: readonly Target[];
}

function readFlags(args: readonly string[]) {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  try {
    const { values, positionals } = parseArgs({
      args: [...own],
      allowPositionals: true,
      options: {
        namespace: { type: 'string', short: 'n' },
        'all-namespaces': { type: 'boolean', short: 'A' },
        output: { type: 'string', short: 'o' },
        selector: { type: 'string', short: 'l' },
        'field-selector': { type: 'string' },
        'no-headers': { type: 'boolean' },
        'show-labels': { type: 'boolean' },
        'sort-by': { type: 'string' },
        'ignore-not-found': { type: 'boolean' },
        kubeconfig: { type: 'string' },
        context: { type: 'string' },
        short: { type: 'boolean' },
        client: { type: 'boolean' },
        image: { type: 'string' },
        restart: { type: 'string' },
        filename: { type: 'string', short: 'f' },
        now: { type: 'boolean' },
      },
    });
    return { flags: values, words: positionals, after: end < 0 ? [] : args.slice(end + 1) };
  } catch (error) {
    throw new Refusal(`error: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readTargets(kind: string, names: readonly string[]): Target[] {
  if (kind === '') throw new Refusal('error: You must specify the type of resource to get.');
  if (kind.includes('/'))
    return [kind, ...names].map((word) => {
      const [one = '', name] = word.split('/');
      return { resource: resourceOf(one), name };
    });
  const resources = kind.split(',').map(resourceOf);
  if (names.length === 0) return resources.map((resource) => ({ resource, name: undefined }));
  return resources.flatMap((resource) => names.map((name) => ({ resource, name })));
}

async function get({ out, err }: ShimCall, { api, flags, targets }: Asked): Promise<number> {
  const format = flags.output ?? 'table';
  let printed = 0;
  for (const target of targets) {
    const wantsTable = format === 'table' || format === 'wide';
    const text = await ask(api, targetPath(target, flags), {
      accept: wantsTable ? tables : 'application/json',
    });
    if (text === null) {
      if (flags['ignore-not-found']) continue;
      throw notFound(target);
    }
    const object = JSON.parse(text);
    if (printed > 0) out(wantsTable ? '\n' : '---\n');
    printed += 1;
    if (format === 'json') out(`${JSON.stringify(object, null, 4)}\n`);
    else if (format === 'yaml') out((await import('./yaml.ts')).toYaml(object));
    else if (format === 'name')
      for (const one of object.items ?? [object]) out(`${target.resource.singular}/${one.metadata.name}\n`);
    else if (!wantsTable)
      throw new Refusal(`error: the sandbox's kubectl prints yaml, json, wide and name, not ${format}`);
    else if (object.kind !== 'Table') out(`${JSON.stringify(object)}\n`);
    else if ((object.rows ?? []).length === 0) err(`No resources found${inNamespace(target, flags)}.\n`);
    else
      out(
        printTable(object, {
          wide: format === 'wide',
          headers: !flags['no-headers'],
          namespaces: flags['all-namespaces'] === true,
        }),
      );
  }
  return 0;
}

async function remove({ out }: ShimCall, { api, flags, targets }: Asked): Promise<number> {
  for (const target of targets) {
    if (target.name === undefined)
      throw new Refusal('error: resource(s) were provided, but no name was specified');
    const text = await ask(api, targetPath(target, flags), { method: 'DELETE' });
    if (text === null && flags['ignore-not-found']) continue;
    if (text === null) throw notFound(target);
    out(`${target.resource.singular} "${target.name}" deleted\n`);
  }
  return 0;
}

async function version({ out }: ShimCall, api: ApiClient): Promise<number> {
  const server = JSON.parse((await ask(api, '/version', {})) ?? '{}');
  out(`Client Version: the sandbox's own\nServer Version: ${server.gitVersion}\n`);
  return 0;
}

/** The answer's text; null for 404. */
async function ask(
  api: ApiClient,
  path: string,
  options: { readonly accept?: string; readonly method?: string },
): Promise<string | null> {
  const { status, text } = await api.ask(path, options).catch((error: Error) => {
    throw new Refusal(
      `The connection to the server was refused - did you specify the right host or port? (${error.message})`,
    );
  });
  if (status === 404) return null;
  if (status < 300) return text;
  const { reason, message } = JSON.parse(text);
  throw new Refusal(`Error from server (${reason}): ${message}`);
}

function targetPath({ resource, name }: Target, flags: Flags): string {
  const namespace = flags['all-namespaces'] ? null : (flags.namespace ?? 'default');
  const query = new URLSearchParams();
  if (flags.selector) query.set('labelSelector', flags.selector);
  if (flags['field-selector']) query.set('fieldSelector', flags['field-selector']);
  return (
    pathOf(resource, { namespace, ...(name !== undefined && { name }) }) + (query.size > 0 ? `?${query}` : '')
  );
}

function notFound({ resource, name }: Target): Refusal {
  const group = resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`;
  return new Refusal(`Error from server (NotFound): ${group} "${name ?? ''}" not found`);
}

function inNamespace({ resource }: Target, flags: Flags): string {
  return !resource.namespaced || flags['all-namespaces']
    ? ''
    : ` in ${flags.namespace ?? 'default'} namespace`;
}

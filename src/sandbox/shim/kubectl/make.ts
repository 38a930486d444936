// `kubectl run` and `kubectl create -f -`: what makes objects.
import type { ApiClient } from '../../supervisor/api.ts';
import { Refusal } from '../../systemd/refusal.ts';
import type { ShimCall } from '../call.ts';
import { pathOf, resourceOf } from './resources.ts';

export interface Making {
  readonly api: ApiClient;
  readonly namespace: string;
}

export interface RunWish {
  readonly name: string;
  readonly image: string | undefined;
  readonly restart: string | undefined;
  /** After `--`: what the container is to run, which the sandbox's kubelet only keeps. */
  readonly args: readonly string[];
}

export function runPod(
  call: ShimCall,
  making: Making,
  { name, image, restart, args }: RunWish,
): Promise<number> {
  if (name === '') throw new Refusal('error: NAME is required for run');
  if (image === undefined) throw new Refusal('error: required flag(s) "image" not set');
  const container = { name, image, ...(args.length > 0 && { args }) };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { run: name } },
    spec: { containers: [container], restartPolicy: restart ?? 'Always' },
  };
  return create(call, making, pod);
}

/** One object, as YAML or JSON, from standard input. */
export async function createFrom(call: ShimCall, making: Making, file: string | undefined): Promise<number> {
  if (file !== '-') throw new Refusal("error: the sandbox's kubectl creates from standard input: -f -");
  const { fromYaml } = await import('./yaml.ts');
  return create(call, making, fromYaml(call.stdin));
}

interface Given {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}

async function create({ out }: ShimCall, { api, namespace }: Making, object: Given): Promise<number> {
  const resource = resourceOf(object?.kind ?? '');
  const path = pathOf(resource, { namespace: object.metadata?.namespace ?? namespace });
  const body = JSON.stringify(object);
  const { status, text } = await api
    .ask(path, { method: 'POST', contentType: 'application/json', body })
    .catch((error: Error) => {
      throw new Refusal(`The connection to the server was refused (${error.message})`);
    });
  if (status >= 300) {
    const { reason, message } = JSON.parse(text);
    throw new Refusal(`Error from server (${reason}): ${message}`);
  }
  out(`${resource.singular}/${object.metadata?.name ?? ''} created\n`);
  return 0;
}

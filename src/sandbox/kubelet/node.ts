// Registers this host as a node and says every ten seconds that it is alive.

import { arch, cpus, totalmem } from 'node:os';
import { ApiError } from '../client/client.ts';
import type { Connected } from '../client/connect.ts';
import { ownDate } from '../clock/clock.ts';
import { structured } from '../klog/structured.ts';
import type { Style } from '../kube-apiserver/style.ts';

const registerAgainMs = 1000;
const defaultHeartbeatMs = 10_000;

export interface NodeFacts {
  /** `--hostname-override`, else the host's name. */
  readonly name: string;
  /** IPv4; the name where that is one. */
  readonly address: string;
  /** When it became ready, RFC 3339. */
  readonly since: string;
}

/** Resolves when it is registered; heartbeats go on until the process ends. */
export async function keepNode(component: Connected, node: NodeFacts): Promise<void> {
  await register(component, node);
  setInterval(() => void beat(component, node), defaultHeartbeatMs);
}

async function register(component: Connected, node: NodeFacts): Promise<void> {
  const { client, klog, style } = component;
  const say = (line: number, text: string) =>
    klog.log(
      'INFO',
      `kubelet_node_status.go:${line}`,
      style === '1.6' ? `${text} ${node.name}` : structured(text, { node: node.name }),
    );
  say(77, 'Attempting to register node');
  for (;;) {
    try {
      const metadata = { name: node.name, labels: labelsOf(node, style) };
      const body = { apiVersion: 'v1', kind: 'Node', metadata, spec: {}, status: statusOf(node, style) };
      await client.send({ method: 'POST', path: '/api/v1/nodes', body }).catch((error: unknown) => {
        if (!(error instanceof ApiError) || error.status !== 409) throw error;
      });
      await patchStatus(component, node);
      say(80, 'Successfully registered node');
      return;
    } catch (error) {
      klog.log(
        'ERROR',
        'kubelet_node_status.go:101',
        `Unable to register node "${node.name}" with API server: ${(error as Error).message}`,
      );
      await new Promise((resolve) => setTimeout(resolve, registerAgainMs));
    }
  }
}

async function beat(component: Connected, node: NodeFacts): Promise<void> {
  try {
    await patchStatus(component, node);
  } catch (error) {
    component.klog.log(
      'ERROR',
      'kubelet_node_status.go:326',
      `Error updating node status, will retry: ${(error as Error).message}`,
    );
    if (error instanceof ApiError && error.status === 404) await register(component, node);
  }
}

async function patchStatus({ client, style }: Connected, node: NodeFacts): Promise<void> {
  const body = { status: statusOf(node, style) };
  await client.send({ method: 'PATCH', path: `/api/v1/nodes/${node.name}/status`, body });
}

function labelsOf({ name }: NodeFacts, style: Style): Record<string, string> {
  const prefix = style === '1.6' ? 'beta.kubernetes.io' : 'kubernetes.io';
  return { [`${prefix}/arch`]: goArch(), [`${prefix}/os`]: 'linux', 'kubernetes.io/hostname': name };
}

function statusOf({ name, address, since }: NodeFacts, style: Style) {
  const now = ownDate()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z');
  const condition = (type: string, status: string, [reason, message]: readonly [string, string]) => ({
    type,
    status,
    lastHeartbeatTime: now,
    lastTransitionTime: since,
    reason,
    message,
  });
  const third = style === '1.6' ? 'OutOfDisk' : 'PIDPressure';
  const sizes = { cpu: String(cpus().length), memory: `${Math.floor(totalmem() / 1024)}Ki`, pods: '110' };
  return {
    capacity: sizes,
    allocatable: sizes,
    addresses: [
      { type: 'InternalIP', address },
      { type: 'Hostname', address: name },
    ],
    conditions: [
      condition('MemoryPressure', 'False', [
        'KubeletHasSufficientMemory',
        'kubelet has sufficient memory available',
      ]),
      condition('DiskPressure', 'False', ['KubeletHasNoDiskPressure', 'kubelet has no disk pressure']),
      condition(third, 'False', [
        `KubeletHasSufficient${third === 'OutOfDisk' ? 'Disk' : 'PID'}`,
        'kubelet has enough',
      ]),
      condition('Ready', 'True', ['KubeletReady', 'kubelet is posting ready status']),
    ],
    nodeInfo: {
      machineID: '',
      systemUUID: '',
      bootID: '',
      kernelVersion: 'kha-lab',
      osImage: 'kha-lab sandbox',
      containerRuntimeVersion: 'kha-lab://1',
      kubeletVersion: style === '1.6' ? 'v1.6.4' : 'v1.36.3',
      kubeProxyVersion: style === '1.6' ? 'v1.6.4' : 'v1.36.3',
      operatingSystem: 'linux',
      architecture: goArch(),
    },
  };
}

function goArch(): string {
  return arch() === 'x64' ? 'amd64' : arch();
}

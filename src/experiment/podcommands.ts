// The commands that make and delete a pod to be looked at, as a person would type them on a master.
import type { Argv } from '../hosts/host.ts';

export interface PodWish {
  /** In the namespace `default`. */
  readonly name: string;
  readonly image: string;
}

export const podNamespace = 'default';

export const keyOfPod = (name: string): string => `${podNamespace}/${name}`;

/** It waits, and has the pod's name among its words, so that its process can be told from others on its node. */
export function makePodArgv({ name, image }: PodWish): Argv {
  const waits = ['sh', '-c', 'sleep 3600; exit', name];
  // Up to 1.17 kubectl makes a Deployment, unless it is never to be started again.
  return ['kubectl', 'run', name, `--image=${image}`, '--restart=Never', '--', ...waits];
}

export function deletePodArgv(name: string): Argv {
  return ['kubectl', 'delete', 'pod', name, '--now', '--ignore-not-found'];
}

/** What notes of unfinished business call a pod, where else they name a unit. */
export const notedAs = (name: string): string => `pod/${name}`;

export const isPod = (noted: string): boolean => noted.startsWith(notedAs(''));

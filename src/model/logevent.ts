// What a log line of a leader-elected component means, whatever version spelt it.

export type LogEvent =
  | { readonly is: 'attempting'; readonly lock: string | null }
  /** A standby looked and found the lock held. One such line is one look. */
  | { readonly is: 'held'; readonly lock: string | null; readonly holder: string | null }
  | { readonly is: 'notAcquired'; readonly lock: string | null }
  | { readonly is: 'acquired'; readonly lock: string | null }
  | { readonly is: 'renewed'; readonly lock: string | null }
  /** The leader's renew round ran out of time. */
  | { readonly is: 'gaveUp'; readonly lock: string | null; readonly reason: string | null }
  /** The process says it lost the lease, and ends. */
  | { readonly is: 'lost' }
  | { readonly is: 'terminating' }
  | { readonly is: 'releaseFailed'; readonly reason: string | null }
  /** Getting, creating or updating the lock failed. */
  | { readonly is: 'lockError'; readonly reason: string | null }
  | {
      readonly is: 'request';
      readonly method: string;
      readonly path: string;
      readonly status: number;
      readonly tookMs: number;
    }
  /** The controller-manager that leads: a node's kubelet has not been heard of for longer than it is given. */
  | { readonly is: 'nodeSilent'; readonly node: string }
  /** The event recorder's own line: IDENTITY became leader, or stopped leading. */
  | { readonly is: 'leaderEvent'; readonly identity: string; readonly change: 'became' | 'stopped' };

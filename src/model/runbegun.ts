// How a stream begins: what was run, where, when, and how to run it again.

/** A master of the run; `identity` is its host name as holders show it, where that is not its name. */
export interface RunMaster {
  readonly name: string;
  readonly address: string;
  readonly identity?: string;
}

/** First of every stream: what was run, where, when. `atMs` of all others counts from `startedAt`. */
export interface RunBegun {
  readonly kind: 'run';
  readonly version: 1;
  readonly tool: string;
  /** RFC 3339 with microseconds, the observer's wall clock. */
  readonly startedAt: string;
  readonly what: 'lab' | 'watch' | 'failover' | 'check' | 'ways';
  /** Inventory file, or `sandbox`. */
  readonly target: string;
  /** The command line that runs it again. */
  readonly command: readonly string[];
  readonly masters: readonly RunMaster[];
  readonly lab?: string;
  /** Every flag in force, defaults too; durations in milliseconds. This and what follows: absent in older recordings. */
  readonly flags?: Readonly<Record<string, string | number | boolean>>;
  /** The observer's. What the masters run comes as `api` and `instance`, their clocks' offsets as `clock`. */
  readonly versions?: { readonly node: string; readonly platform: string };
  readonly inventory?: RunInventory;
  /** Who sat there, in a class. */
  readonly seat?: string;
}

/** The inventory as it was resolved, without keys, agents and passwords. */
export interface RunInventory {
  readonly source: string;
  readonly sudo: string;
  readonly strictHostKeyChecking: string;
  readonly cluster: {
    readonly via: 'kubeconfig' | 'ssh';
    /** Its path; never what is in it. */
    readonly kubeconfig: string;
    readonly context?: string;
  };
  readonly masters: readonly {
    readonly name: string;
    readonly via: 'ssh' | 'local';
    readonly user?: string;
    readonly port?: number;
    readonly api?: { readonly host: string; readonly port: number };
    readonly components: Readonly<Record<string, { readonly unit?: string; readonly logs?: string }>>;
  }[];
}

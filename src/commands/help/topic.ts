// What `kha-lab help` can tell besides commands: the topics by name, each loaded when it is asked for.

export interface Topic {
  /** As a heading of the man page has it. */
  readonly title: string;
  /** Paragraphs before the list. */
  readonly says: readonly string[];
  /** Lines to be shown as they are. */
  readonly example?: string;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly term: string;
  readonly means: string;
}

interface TopicLead {
  /** One line, for lists of topics. */
  readonly summary: string;
  load(): Promise<Topic>;
}

export const topics: Readonly<Record<string, TopicLead>> = {
  'exit-codes': {
    summary: 'what each exit code means',
    load: async () => (await import('./exitcodes.ts')).exitCodes,
  },
  environment: {
    summary: 'the environment variables that are read',
    load: async () => (await import('./environment.ts')).environment,
  },
  inventory: {
    summary: 'what may stand in kha-lab.yaml',
    load: async () => (await import('./inventory.ts')).inventory(),
  },
};

/** The topics as the program's own help ends with them. */
export function topicList(): string {
  const lines = Object.entries(topics).map(([name, { summary }]) => `  ${name.padEnd(20)}${summary}`);
  return ['Topics of kha-lab help:', ...lines].join('\n');
}

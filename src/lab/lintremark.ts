// A mistake in a step before its line is looked up.

export interface Remark {
  /** What is wrong and what was probably meant, without a full stop. */
  readonly what: string;
  /** What it is about: a path in the frontmatter, or the text below it. */
  readonly at: readonly PropertyKey[] | 'text';
}

// A list that only grows at its end: what it was at any moment costs nothing to keep, and one more costs no copy.

/** The items from `from` until `to` of a store that later ones share. */
export interface Trail<T> {
  readonly store: readonly T[];
  readonly from: number;
  readonly to: number;
}

export function trailOf<T>(items: readonly T[]): Trail<T> {
  return { store: [...items], from: 0, to: items.length };
}

/** One more at the end, and the oldest gone beyond `most`. The trail given stays what it was. */
export function followed<T>(
  { store, from, to }: Trail<T>,
  one: T,
  most = Number.POSITIVE_INFINITY,
): Trail<T> {
  const begins = Math.max(from, to + 1 - most);
  // Somebody else went on from here, or most of the store is behind us: a store of our own.
  const own = store.length === to && begins <= 2 * (to + 1 - begins) ? (store as T[]) : null;
  if (own === null) return trailOf([...store.slice(begins, to), one]);
  own.push(one);
  return { store, from: begins, to: to + 1 };
}

export function itemsOf<T>({ store, from, to }: Trail<T>): readonly T[] {
  return store.slice(from, to);
}

export function lengthOf({ from, to }: Trail<unknown>): number {
  return to - from;
}

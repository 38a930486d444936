// Words over a picture, each over its moment, in as many rows as they need so that none runs into another.
export interface Labelled {
  readonly x: number;
  readonly words: string;
}

export interface Placed<T extends Labelled> {
  readonly label: T;
  /** Where its words begin. */
  readonly left: number;
  /** 0 is the lowest. */
  readonly row: number;
}

/** As wide as words of 12 px come out at most, on the average of letters. */
const letter = 6.7;
const gap = 8;

/** From left to right, each in the lowest row that is free there; within 0 and `width`. */
export function placed<T extends Labelled>(labels: readonly T[], width: number): readonly Placed<T>[] {
  const ends: number[] = [];
  return [...labels]
    .sort((a, b) => a.x - b.x)
    .map((label) => {
      const long = label.words.length * letter;
      const left = Math.max(0, Math.min(label.x - long / 2, width - long));
      let row = ends.findIndex((end) => left >= end + gap);
      if (row < 0) row = ends.length;
      ends[row] = left + long;
      return { label, left, row };
    });
}

import type { Level } from '../rating.ts';

/** Ratings with level 1, 2, 3, 4 and 5. */
export type Levels = readonly [number, number, number, number, number];

/** Whole numbers from 0. */
export interface Counts {
  levels: Levels;
  /** Invitations that ran out or were used in the month; 0 where nobody was invited. */
  invited: number;
}

export const none: Counts = { levels: [0, 0, 0, 0, 0], invited: 0 };

const zip = (a: Levels, b: Levels, by: (x: number, y: number) => number): Levels => [
  by(a[0], b[0]),
  by(a[1], b[1]),
  by(a[2], b[2]),
  by(a[3], b[3]),
  by(a[4], b[4]),
];

export const plus = (a: Counts, b: Counts): Counts => ({
  levels: zip(a.levels, b.levels, (x, y) => x + y),
  invited: a.invited + b.invited,
});

export const ratingsAt = (levels: Levels, level: Level): number => levels[level - 1] ?? 0;

export const ratingsIn = (levels: Levels): number => levels.reduce((sum, count) => sum + count, 0);

/** Levels 4 and 5. */
export const satisfiedIn = (levels: Levels): number => levels[3] + levels[4];

/** Levels 3, 4 and 5. */
export const acceptableIn = (levels: Levels): number => levels[2] + satisfiedIn(levels);

/** The sum of the levels, for means. */
export const levelSum = (levels: Levels): number => levels.reduce((sum, count, at) => sum + count * (at + 1), 0);

/** The fewest ratings that were taken out, put in or given another level between the two. */
export function changedRatings(a: Levels, b: Levels): number {
  const more = (from: Levels, to: Levels) => ratingsIn(zip(from, to, (x, y) => Math.max(0, y - x)));
  return Math.max(more(a, b), more(b, a));
}

import fc from 'fast-check';
import type { Tally } from '../../../src/domain/figures/release.ts';
import type { RatedUnit } from '../../../src/domain/figures/rows.ts';

export const year = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}`);

/** A bureau, its stations and their teams; whoever has somebody below is rated itself or not. */
export const trees: fc.Arbitrary<RatedUnit[]> = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 3 })), { maxLength: 3 }))
  .map(([direct, stations]) => [
    { id: 'bureau', direct: direct || stations.length === 0 },
    ...stations.flatMap(([counter, teams], station) => [
      { id: `station-${station}`, parent: 'bureau', direct: counter || teams === 0 },
      ...Array.from({ length: teams }, (_, team) => ({ id: `team-${station}-${team}`, parent: `station-${station}`, direct: true })),
    ]),
  ]);

const few = (max: number) => fc.nat({ max });

/** None to twelve ratings, often none, often all alike. */
const levels: fc.Arbitrary<Tally['levels']> = fc.oneof(
  { arbitrary: fc.constant<Tally['levels']>([0, 0, 0, 0, 0]), weight: 3 },
  { arbitrary: few(12).map((fives): Tally['levels'] => [0, 0, 0, 0, fives]), weight: 2 },
  { arbitrary: few(12).map((ones): Tally['levels'] => [ones, 0, 0, 0, 0]), weight: 1 },
  { arbitrary: fc.tuple(few(2), few(1), few(2), few(3), few(4)), weight: 3 },
);

/** The tree with what each of its units and months counts, of one source. */
export const tables = fc.record({ units: trees, share: fc.constantFrom(0, 0.3, 1) }).chain(({ units, share }) => {
  const rated = units.filter(({ direct }) => direct);
  const fill = fc.tuple(levels, levels, fc.double({ min: 0, max: 1, noNaN: true }), few(5));
  return fc.array(fill, { minLength: rated.length * 12, maxLength: rated.length * 12 }).map((fills) => ({
    units,
    tallies: fills.map(([small, more, dice, unasked], at): Tally => {
      const { id } = rated[Math.floor(at / 12)]!;
      // Some tables are busy, so that much is shown and few hidden cells stand among it.
      const filled = dice < share ? small.map((count, level) => count + more[level]! + 1) : small;
      const counts: Tally['levels'] = [filled[0]!, filled[1]!, filled[2]!, filled[3]!, filled[4]!];
      return { unit: id, month: year[at % 12]!, source: 'invited', levels: counts, invited: filled.reduce((a, b) => a + b, unasked) };
    }),
  }));
});

/** Ratings put in or taken out later: of which tally, at which level, how many. */
export const changes = fc.array(fc.tuple(fc.nat(), few(4), fc.integer({ min: -9, max: 9 })), { maxLength: 30 });

export function changed(tallies: readonly Tally[], by: readonly [which: number, level: number, more: number][]): Tally[] {
  const counts = tallies.map((tally): [number, number, number, number, number] => [...tally.levels]);
  for (const [which, level, more] of by) {
    const levels = counts[which % counts.length]!;
    levels[level] = Math.max(0, levels[level]! + more);
  }
  return tallies.map((tally, at) => ({ ...tally, levels: counts[at]! }));
}

/** A long run (TIEXIN_LONG=1) tries this many tables, a usual one few of them. */
export const runs = (usual: number, long: number): { numRuns: number; endOnFailure: boolean } => ({
  numRuns: process.env.TIEXIN_LONG === '1' ? long : usual,
  endOnFailure: true,
});

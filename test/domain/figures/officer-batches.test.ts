import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OfficerMonth, officerBatches } from '../../../src/domain/figures/officer-batches.ts';
import { runs, year } from './tables-for-test.ts';

const month = (at: number, fives: number, others = 0, ones = 0): OfficerMonth => ({
  month: year[at - 1]!,
  levels: [ones, 0, 0, 0, fives],
  others: { team: others },
});
const told = (months: OfficerMonth[]) => officerBatches([], months).map(({ from, to, n }) => [from, to, n]);

describe('an officer’s own figures', () => {
  test('wait until there are ten, and join whole months until then', () => {
    expect(told([month(1, 9)])).toEqual([]);
    expect(told([month(1, 4), month(2, 5)])).toEqual([]);
    expect(told([month(1, 4), month(2, 0), month(3, 6)])).toEqual([['2026-01', '2026-03', 10]]);
  });

  test('begin a new batch after each, and keep back what is left', () => {
    expect(told([month(1, 12), month(2, 3), month(3, 8), month(4, 9)])).toEqual([
      ['2026-01', '2026-01', 12],
      ['2026-02', '2026-03', 11],
    ]);
  });

  test('wait while the others of the unit have one to nine, who would be what is left of the unit', () => {
    expect(told([month(1, 12, 2)])).toEqual([]);
    expect(told([month(1, 12, 2), month(2, 1, 8)])).toEqual([['2026-01', '2026-02', 13]]);
  });

  test('wait for the others of each unit alone: after a move one team’s few are not covered by the other team’s many', () => {
    const moved = (few: number): OfficerMonth[] => [{ ...month(1, 12), others: { before: few, after: 30 } }];
    expect([1, 9, 10, 0].map((few) => told(moved(few)).length)).toEqual([0, 0, 1, 1]);
  });

  test('say satisfied and acceptable with their intervals', () => {
    const [batch] = officerBatches([], [month(1, 9, 0, 1)]);
    expect(batch?.satisfied).toMatchObject({ count: 9, share: 0.9 });
    expect(batch?.satisfied.from).toBeCloseTo(0.5958, 4);
    expect(batch?.acceptable.to).toBeCloseTo(0.9821, 4);
  });

  test('stand as they were told, whatever changes later', () => {
    const before = officerBatches([], [month(1, 12)]);
    expect(officerBatches(before, [month(1, 3), month(2, 11)])).toEqual([...before, ...officerBatches([], [month(2, 11)])]);
  });

  test('come to the same month by month as all at once, in batches of ten or more that lie side by side', () => {
    const counts = fc.array(fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 8 }), fc.nat({ max: 6 })), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(counts, (each) => {
        const months = each.map(([fives, ones, others], at) => month(at + 1, fives, others, ones));
        const atOnce = officerBatches([], months);
        const oneByOne = months.reduce((batches, _, at) => officerBatches(batches, months.slice(0, at + 1)), officerBatches([], []));
        expect(oneByOne).toEqual(atOnce);
        for (const [at, { from, to, n }] of atOnce.entries()) {
          expect(n).toBeGreaterThanOrEqual(10);
          expect(from <= to && (at === 0 || atOnce[at - 1]!.to < from)).toBe(true);
        }
      }),
      runs(200, 5000),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../../src/domain/figures/cells.ts';
import { type Release, release, type Tally } from '../../../src/domain/figures/release.ts';
import type { RatedUnit } from '../../../src/domain/figures/rows.ts';
import { n } from './attacker.ts';
import { changed, changes, runs, tables, year } from './tables-for-test.ts';

const bureau: RatedUnit[] = [{ id: 'bureau', direct: false }, ...['a', 'b', 'c'].map((id) => ({ id, parent: 'bureau', direct: true }))];
const tally = (unit: string, fives: number, ones = 0, month = '2026-01'): Tally => ({
  unit,
  month,
  source: 'invited',
  levels: [ones, 0, 0, 0, fives],
  invited: 40,
});

const first = [tally('a', 12), tally('b', 20), tally('c', 9)];
const told = (of: Release, period = '2026-01') =>
  Object.fromEntries(
    cellsOf(of).flatMap((cell) => (cell.source === 'invited' && cell.period === period ? [[cell.unit, cell.figures?.n]] : [])),
  );
const again = (...changed: Tally[]) => {
  const now = first.map((old) => changed.find(({ unit }) => unit === old.unit) ?? old);
  return told(release(release(undefined, bureau, ['2026-01'], first), bureau, ['2026-01'], now));
};

describe('a released figure', () => {
  test('stands while fewer than five ratings changed, also in the sum', () => {
    expect(again(tally('b', 16))).toEqual({ bureau: 41, a: 12, b: 20, c: 9 });
  });

  test('is replaced when five changed, with the sum', () => {
    expect(again(tally('b', 15))).toEqual({ bureau: 36, a: 12, b: 15, c: 9 });
  });

  test('is replaced when five got another level, though they are as many', () => {
    const before = release(undefined, bureau, ['2026-01'], first);
    const after = release(before, bureau, ['2026-01'], [tally('a', 12), tally('b', 15, 5), tally('c', 9)]);
    expect(cellsOf(after).find(({ unit, source }) => unit === 'b' && source === 'invited')?.figures?.satisfied.count).toBe(15);
  });

  test('stands where four changed in each of two units: the sum would tell of eight, the units of four', () => {
    expect(again(tally('a', 8), tally('b', 16))).toEqual({ bureau: 41, a: 12, b: 20, c: 9 });
  });

  test('lets a sum tell only the changes that its units tell', () => {
    expect(again(tally('a', 11), tally('b', 10))).toEqual({ bureau: 31, a: 12, b: 10, c: 9 });
  });

  test('stands when fewer than five would be left', () => {
    expect(again(tally('c', 4))).toEqual({ bureau: 41, a: 12, b: 20, c: 9 });
  });

  test('stands when it would come within five of an earlier version, though not of the last', () => {
    const versions = [20, 14, 19].reduce<Release | undefined>(
      (of, fives) => release(of, bureau, ['2026-01'], [tally('a', 12), tally('b', fives), tally('c', 9)]),
      undefined,
    );
    expect(told(versions!)).toEqual({ bureau: 35, a: 12, b: 14, c: 9 });
  });

  test('that is hidden stays hidden and changes nothing above it', () => {
    const small = [tally('a', 12), tally('b', 3), tally('c', 2)];
    const before = release(undefined, bureau, ['2026-01'], small);
    const after = release(before, bureau, ['2026-01'], [tally('a', 12), tally('b', 30), tally('c', 2)]);
    expect(told(before)).toEqual({ bureau: 17, a: 12, b: undefined, c: undefined });
    expect(after).toEqual(before);
  });
});

describe('what is told', () => {
  const months = year.flatMap((month) => ['a', 'b', 'c'].map((unit) => tally(unit, 6, 0, month)));

  test('is closed months only', () => {
    expect(new Set(cellsOf(release(undefined, bureau, ['2026-01', '2026-02'], months)).map(({ period }) => period))).toEqual(
      new Set(['2026-01', '2026-02']),
    );
  });

  test('has a year when its twelve months are closed, not before: two sums of a growing year would tell the month between', () => {
    expect(told(release(undefined, bureau, year.slice(0, 11), months), '2026')).toEqual({});
    expect(told(release(undefined, bureau, year, months), '2026')).toEqual({ bureau: 216, a: 72, b: 72, c: 72 });
  });

  test('has no year whose units changed', () => {
    const before = release(undefined, bureau, year.slice(0, 5), months);
    const grown = [...bureau, { id: 'd', parent: 'bureau', direct: true }];
    expect(told(release(before, grown, year, months), '2026')).toEqual({});
  });

  test('comes to the same month by month as all at once', () => {
    fc.assert(
      fc.property(tables, ({ units, tallies }) => {
        const oneByOne = year.reduce<Release | undefined>((of, _, at) => release(of, units, year.slice(0, at + 1), tallies), undefined);
        expect(oneByOne).toEqual(release(undefined, units, year, tallies));
      }),
      runs(20, 300),
    );
  }, 3_600_000);

  test('after changes differs from every earlier release by none or by five ratings and more, and shows and hides the same cells', () => {
    fc.assert(
      fc.property(tables, fc.array(changes, { minLength: 1, maxLength: 4 }), ({ units, tallies }, rounds) => {
        const releases = [release(undefined, units, year, tallies)];
        let now = tallies;
        for (const round of rounds) {
          now = changed(now, round);
          releases.push(release(releases.at(-1), units, year, now));
        }
        const last = cellsOf(releases.at(-1)!);
        for (const before of releases) {
          const cells = cellsOf(before);
          expect(cells.map(({ figures }) => figures !== undefined)).toEqual(last.map(({ figures }) => figures !== undefined));
          for (const cut of before.months) {
            const later = releases.at(-1)!.months.find(({ month, source }) => month === cut.month && source === cut.source)!;
            for (const [row, versions] of cut.released.entries()) {
              const [a, b] = [versions.at(-1)?.levels, later.released[row]!.at(-1)?.levels];
              if (!a || !b || JSON.stringify(a) === JSON.stringify(b)) continue;
              expect(cut.hidden).not.toContain(row);
              expect(n(b)).toBeGreaterThanOrEqual(5);
              expect(Math.max(gained(a, b), gained(b, a))).toBeGreaterThanOrEqual(5);
            }
          }
        }
      }),
      runs(20, 500),
    );
  }, 3_600_000);
});

const gained = (a: Tally['levels'], b: Tally['levels']): number => a.reduce((sum, count, level) => sum + Math.max(0, b[level]! - count), 0);

describe('what is no table', () => {
  test.each([
    ['half a rating', bureau, { ...tally('a', 1), levels: [0, 0, 0, 0, 0.5] as Tally['levels'] }],
    ['fewer than none', bureau, tally('a', -1)],
    ['ratings of a unit nobody can rate itself', bureau, tally('bureau', 6)],
    ['a unit above itself', [...bureau, { id: 'x', parent: 'y', direct: true }, { id: 'y', parent: 'x', direct: true }], tally('a', 6)],
    ['a unit twice', [...bureau, { id: 'a', parent: 'b', direct: true }], tally('a', 6)],
  ])('%s is refused', (_, units, one) => {
    expect(() => release(undefined, units, ['2026-01'], [one])).toThrow(RangeError);
  });
});

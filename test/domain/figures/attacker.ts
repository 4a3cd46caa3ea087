import { type Constraint, solve } from 'yalps';
import type { Cell } from '../../../src/domain/figures/cells.ts';
import type { Tally } from '../../../src/domain/figures/release.ts';
import type { RatedUnit } from '../../../src/domain/figures/rows.ts';
import type { Source } from '../../../src/domain/rating.ts';

/** What can be counted of the ratings of one unit and month. */
export type Count = (levels: Tally['levels']) => number;

export const n: Count = (levels) => levels.reduce((sum, count) => sum + count, 0);
export const satisfied: Count = ([, , , fours, fives]) => fours + fives;
export const acceptable: Count = ([, , threes, fours, fives]) => threes + fours + fives;

/** The tallies that a cell is the sum of. */
export function under(cell: Cell, units: readonly RatedUnit[], tallies: readonly Tally[]): Tally[] {
  const within = new Set([cell.unit]);
  if (cell.part === 'whole') for (const _ of units) for (const { id, parent } of units) if (parent && within.has(parent)) within.add(id);
  return tallies.filter(({ unit, month, source }) => within.has(unit) && source === cell.source && month.startsWith(cell.period));
}

/** Nobody was asked and nobody rated: whoever works there knows. */
export const isKnown = ({ levels, invited }: Tally): boolean => invited === 0 && n(levels) === 0;

export const counted = (cell: Cell, units: readonly RatedUnit[], tallies: readonly Tally[], count: Count): number =>
  under(cell, units, tallies).reduce((sum, { levels }) => sum + count(levels), 0);

/**
 * Somebody who has every shown cell and the shape of the table, and solves for a hidden one: linear equations over the numbers counted for
 * each unit and month, all whole and not negative, and none where nobody was asked and nobody rated. Knows neither cycles nor networks. Returns another table the shown cells allow, in which
 * the cell counts otherwise than it does; undefined where there is none, so that the cell is worked out.
 */
export function otherTable(
  cell: Cell,
  shown: readonly Cell[],
  units: readonly RatedUnit[],
  tallies: readonly Tally[],
  source: Source,
  count: Count,
): ReadonlyMap<Tally, number> | undefined {
  const own = tallies.filter((tally) => tally.source === source);
  const variables = new Map(own.map((tally) => [tally, [] as [string, number][]]));
  const constraints = new Map<string, Constraint>();
  for (const [at, known] of shown.entries()) {
    constraints.set(`${at}`, { equal: counted(known, units, own, count) });
    for (const tally of under(known, units, own)) variables.get(tally)!.push([`${at}`, 1]);
  }
  constraints.set('known', { equal: 0 });
  for (const tally of own.filter(isKnown)) variables.get(tally)!.push(['known', 1]);
  for (const tally of under(cell, units, own)) variables.get(tally)!.push(['sought', 1]);
  const now = counted(cell, units, own, count);
  for (const sought of [{ max: now - 1 }, { equal: now + 1 }]) {
    const { status, variables: found } = solve({ constraints: new Map([...constraints, ['sought', sought]]), variables, integers: true });
    if (status !== 'infeasible' && status !== 'optimal') throw new Error(`The solver gave up: ${status}.`);
    if (status === 'optimal') return new Map([...own.map((tally) => [tally, 0] as const), ...found]);
  }
  return undefined;
}

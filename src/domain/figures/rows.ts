import type { Id } from '../chance.ts';
import { type Counts, none, plus } from './counts.ts';

/** A unit in the tree of the figures. */
export interface RatedUnit {
  id: Id;
  /** The unit above; absent, or not among the units: a tree of its own. */
  parent?: Id;
  /** Whether residents can rate the unit itself and not only those below it. Known to everybody, so never told by whether anybody did. */
  direct: boolean;
}

/** A line of the table: a unit with all below it, or the unit itself without them. */
export interface Row {
  unit: Id;
  part: 'whole' | 'own';
  /** Where in the rows the one stands that this is a part of. */
  above?: number;
  /** Has no parts: ratings are counted here. */
  base: boolean;
}

/** The rows, each after the one it is a part of, in an order that depends on the ids only. RangeError: the units are no trees. */
export function rowsOf(units: readonly RatedUnit[]): Row[] {
  const known = new Set(units.map(({ id }) => id));
  const sorted = [...units].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows: Row[] = [];
  const place = (unit: RatedUnit, above?: number): void => {
    const below = sorted.filter(({ parent }) => parent === unit.id);
    const at = rows.push({ unit: unit.id, part: 'whole', base: below.length === 0, ...(above !== undefined && { above }) }) - 1;
    if (below.length > 0 && unit.direct) rows.push({ unit: unit.id, part: 'own', base: true, above: at });
    for (const child of below) place(child, at);
  };
  for (const unit of sorted) if (unit.parent === undefined || !known.has(unit.parent)) place(unit);
  if (known.size !== units.length || rows.filter(({ part }) => part === 'whole').length !== units.length)
    throw new RangeError('The units of the figures are no trees.');
  return rows;
}

/** Where the row's whole stands that is part of nothing more. */
export function topOf(rows: readonly Row[], row: number): number {
  const above = rows[row]?.above;
  return above === undefined ? row : topOf(rows, above);
}

/** The counts of every row; given are those of the base rows, in the place of each. */
export function summed(rows: readonly Row[], base: readonly Counts[]): Counts[] {
  const sums = rows.map((row, at) => (row.base ? (base[at] ?? none) : none));
  for (let at = rows.length - 1; at >= 0; at--) {
    const above = rows[at]?.above;
    if (above !== undefined) sums[above] = plus(sums[above] ?? none, sums[at] ?? none);
  }
  return sums;
}

import type { Id } from '../chance.ts';
import { type Source, sources } from '../rating.ts';
import { type Counts, changedRatings, none, plus, ratingsIn } from './counts.ts';
import { hideEnough, type Stretch } from './hiding.ts';
import { type RatedUnit, type Row, rowsOf, summed, topOf } from './rows.ts';

/** Ratings of a unit itself, without those below it. */
export interface Tally extends Counts {
  unit: Id;
  /** `2026-07` */
  month: string;
  source: Source;
}

/** A closed month of one source as it was released. */
export interface MonthCut {
  source: Source;
  month: string;
  rows: readonly Row[];
  /** For each row what was ever released of it, what stands last; empty for rows that aren't base rows. */
  released: readonly (readonly Counts[])[];
  /** Rows whose figures are hidden, for good. */
  hidden: readonly number[];
}

/** A calendar year: the sum of its twelve months as they stand. */
export interface YearCut {
  source: Source;
  year: string;
  hidden: readonly number[];
}

/** What residents' ratings were told to officers, and the counts behind it: these stay in the desk. */
export interface Release {
  months: readonly MonthCut[];
  years: readonly YearCut[];
}

/** The fewest ratings a unit's figure is shown for. */
const fewest = 5;

/** The fewest ratings that a released figure changes by. */
const fewestChanged = 5;

/**
 * Adds the closed months that `previous` hasn't got, and each calendar year when all its twelve months are in and had the same rows.
 * `closed` names every month that may be told, also one without ratings (`['2026-06', '2026-07']`); tallies of other months are ignored.
 * Where nobody was asked and nobody rated, whoever works there knows it: such a cell is no secret, protects no other, and stays as it is.
 * RangeError: a tally that is no whole numbers from 0, that is of a unit nobody can rate, or units that are no trees.
 *
 * Guaranteed, for one who keeps every release:
 * - Of no hidden cell can n, satisfied or acceptable be worked out from all that is shown, of all months and years together.
 * - What is shown stays shown and what is hidden stays hidden. A month hides what it must when it is released, a year when it is:
 *   it comes to the same whether months are released one by one or together.
 * - A unit's own counts of a released month change when at least five ratings changed against each earlier version, where the unit is
 *   shown and keeps at least five. Else the old ones stand, also in the sums above it: so a sum changes by such steps only, and every
 *   difference between two releases, of any cells, is of none or of at least five changed ratings of units that are shown anyway.
 *   What is hidden never changes after its release, so a second release tells nothing new of it.
 */
export function release(
  previous: Release | undefined,
  units: readonly RatedUnit[],
  closed: readonly string[],
  tallies: readonly Tally[],
): Release {
  const rows = rowsOf(units);
  const rowsOfMonth = (month: string) => previous?.months.find((cut) => cut.month === month)?.rows ?? rows;
  const counted = countsByRow(
    tallies.filter(({ month }) => closed.includes(month)),
    rowsOfMonth,
  );
  const months = (previous?.months ?? []).map((cut) => (closed.includes(cut.month) ? revised(cut, counted) : cut));
  for (const month of [...new Set(closed)].sort())
    for (const source of sources)
      if (!months.some((cut) => cut.month === month && cut.source === source)) months.push(monthCut(rows, source, month, counted));
  const years = [...(previous?.years ?? [])];
  for (const year of [...new Set(months.map(({ month }) => month.slice(0, 4)))].sort())
    for (const source of sources) {
      const cuts = monthsOf(months, source, year);
      const same = cuts.every((cut) => JSON.stringify(cut.rows) === JSON.stringify(cuts[0]?.rows));
      if (cuts.length === 12 && same && !years.some((cut) => cut.year === year && cut.source === source))
        years.push(yearCut(cuts, source, year));
    }
  return { months, years };
}

/** The year's months of a source that were released, in order. */
export const monthsOf = (months: readonly MonthCut[], source: Source, year: string): MonthCut[] =>
  months.filter((cut) => cut.source === source && cut.month.startsWith(`${year}-`)).sort((a, b) => (a.month < b.month ? -1 : 1));

/** What stands of every row of a released month. */
export const standing = (cut: MonthCut): Counts[] =>
  summed(
    cut.rows,
    cut.released.map((versions) => versions.at(-1) ?? none),
  );

/** The sums of every row over months that have the same rows. */
export function standingOver(cuts: readonly MonthCut[]): Counts[] {
  const each = cuts.map(standing);
  return (each[0] ?? []).map((_, row) => each.map((counts) => counts[row] ?? none).reduce(plus, none));
}

const keyOf = (unit: Id, month: string, source: Source): string => JSON.stringify([unit, month, source]);

function countsByRow(tallies: readonly Tally[], rowsOfMonth: (month: string) => readonly Row[]): Map<string, Counts> {
  const found = new Map<string, Counts>();
  for (const { unit, month, source, levels, invited } of tallies) {
    if (![...levels, invited].every((count) => Number.isSafeInteger(count) && count >= 0))
      throw new RangeError('A tally counts in whole numbers.');
    if (!rowsOfMonth(month).some((row) => row.base && row.unit === unit)) throw new RangeError(`The unit ${unit} can't be rated itself.`);
    const key = keyOf(unit, month, source);
    found.set(key, plus(found.get(key) ?? none, { levels, invited }));
  }
  return found;
}

function monthCut(rows: readonly Row[], source: Source, month: string, counted: ReadonlyMap<string, Counts>): MonthCut {
  const released = rows.map(({ unit, base }) => (base ? [counted.get(keyOf(unit, month, source)) ?? none] : []));
  const cut = {
    source,
    month,
    rows,
    released,
    hidden: tooFew(
      summed(
        rows,
        released.map(([counts]) => counts ?? none),
      ),
    ),
  };
  const hidden = hideEnough(network([cut], undefined, false));
  // A whole is hidden only where its parts have nobody satisfied to spare. A part shown beside it would tell just that.
  return { ...cut, hidden: rows.flatMap((_, row) => (hidden.has(row) || hidden.has(topOf(rows, row)) ? [row] : [])) };
}

function yearCut(cuts: readonly MonthCut[], source: Source, year: string): YearCut {
  const hidden = new Set(tooFew(standingOver(cuts)));
  const first = cuts.length * (cuts[0]?.rows.length ?? 0);
  const hiding = hideEnough(network(cuts, hidden, true));
  return { source, year, hidden: [...hiding].flatMap((cell) => (cell < first ? [] : [cell - first])) };
}

const tooFew = (counts: readonly Counts[]): number[] =>
  counts.flatMap((own, row) => (ratingsIn(own.levels) < fewest && !isKnownEmpty(own) ? [row] : []));

/** Closed, not founded yet, never in touch with residents: everybody who works there knows that there was nothing. */
const isKnownEmpty = ({ levels, invited }: Counts): boolean => invited === 0 && ratingsIn(levels) === 0;

// What is hidden in place of a part says more of the other parts than the part would, so wholes come last, and the top last of all.
function price({ levels }: Counts, rows: readonly Row[], row: number): number {
  const dear = rows[row]?.above === undefined ? 1_000_000 : rows[row]?.base ? 0 : 1;
  return ratingsIn(levels) + dear;
}

/**
 * Month after month each row, then the year's rows where it has some. Ratings come from a ground, run down the tree of their month
 * to the base row they count for, and by the year's tree, or at once where there is no year yet, back to the ground.
 */
function network(cuts: readonly MonthCut[], year: ReadonlySet<number> | undefined, settled: boolean): Stretch[] {
  const rows = cuts[0]?.rows ?? [];
  const ground = -1;
  const junction = (tree: number, row: number | undefined) => (row === undefined ? ground : tree * rows.length + row);
  const [yearTree, leaves] = [cuts.length, cuts.length + 1];
  const cells = cuts.flatMap((cut, tree) =>
    standing(cut).map((counts, row): Stretch => {
      const base = rows[row]?.base === true;
      const tail = junction(tree, rows[row]?.above);
      const head = base ? (year ? junction(leaves, row) : ground) : junction(tree, row);
      return { tail, head, ...stretchOf(counts, rows, row), ...known(counts, cut.hidden.includes(row), settled) };
    }),
  );
  if (!year) return cells;
  const sums = standingOver(cuts).map((counts, row): Stretch => {
    const tail = junction(rows[row]?.base ? leaves : yearTree, row);
    const head = junction(yearTree, rows[row]?.above);
    return { tail, head, ...stretchOf(counts, rows, row), ...known(counts, year.has(row), false) };
  });
  return [...cells, ...sums];
}

const stretchOf = (counts: Counts, rows: readonly Row[], row: number): Pick<Stretch, 'levels' | 'price'> => ({
  levels: counts.levels,
  price: price(counts, rows, row),
});

/** What everybody knows can neither be hidden nor be otherwise. */
const known = (counts: Counts, hidden: boolean, settled: boolean): Pick<Stretch, 'hidden' | 'settled'> =>
  isKnownEmpty(counts) ? { hidden: false, settled: true } : { hidden, settled };

/** The month with the changes that are large enough to be told. */
function revised(cut: MonthCut, counted: ReadonlyMap<string, Counts>): MonthCut {
  const released = cut.released.map((versions, row) => {
    const now = counted.get(keyOf(cut.rows[row]?.unit ?? '', cut.month, cut.source)) ?? none;
    const [first] = versions;
    if (cut.hidden.includes(row) || !first || isKnownEmpty(first) || ratingsIn(now.levels) < fewest) return versions;
    const changes = versions.map(({ levels }) => changedRatings(levels, now.levels));
    if (changes.at(-1) === 0 || changes.some((changed) => changed > 0 && changed < fewestChanged)) return versions;
    return [...versions, now];
  });
  return { ...cut, released };
}

import type { Id } from '../chance.ts';
import type { Source } from '../rating.ts';
import { acceptableIn, type Counts, levelSum, ratingsIn, satisfiedIn } from './counts.ts';
import { monthsOf, type Release, standing, standingOver } from './release.ts';
import { type Row, topOf } from './rows.ts';
import { bayesianMean, type Share, wilson } from './statistics.ts';

/** How many ratings at the whole's mean a unit's own are weighed against. */
const priorWeight = 10;

/** What ratings say; every share with Wilson's 95 % interval. Levels one by one are told nowhere: the fewer numbers, the less to work out. */
export interface Figures {
  /** Ratings given. */
  n: number;
  /** Levels 4 and 5, of n. */
  satisfied: Share;
  /** Levels 3, 4 and 5, of n. */
  acceptable: Share;
  invited: number;
  /** Invitations without a rating, of those invited; absent where nobody was, or where more rated than were. Silence is no praise. */
  unanswered?: Share;
  /** Mean level drawn towards that of the tree's whole, for comparing units of unlike size; absent for the whole itself and where that is hidden. */
  bayesianMean?: number;
}

export interface Cell {
  unit: Id;
  /** The unit with all below it, or only the unit itself. */
  part: Row['part'];
  /** A month, `2026-07`, or a year, `2026`. */
  period: string;
  source: Source;
  /** Absent: hidden, because it is of fewer than five ratings or because another hidden one could be worked out from it. Which of both isn't told. */
  figures?: Figures;
}

/** Everything that may be told of a release: every row of every month and year, the hidden ones without figures. Never sorted by a figure. */
export function cellsOf({ months, years }: Release): Cell[] {
  const monthly = months.flatMap((cut) => table(cut.rows, cut.source, cut.month, cut.hidden, standing(cut)));
  const yearly = years.flatMap(({ source, year, hidden }) => {
    const cuts = monthsOf(months, source, year);
    return table(cuts[0]?.rows ?? [], source, year, hidden, standingOver(cuts));
  });
  return [...monthly, ...yearly];
}

function table(rows: readonly Row[], source: Source, period: string, hidden: readonly number[], counts: readonly Counts[]): Cell[] {
  return rows.map(({ unit, part }, row) => {
    const own = counts[row];
    const top = topOf(rows, row);
    const whole = top === row || hidden.includes(top) ? undefined : counts[top];
    const figures = own && !hidden.includes(row) ? figuresOf(own, whole) : undefined;
    return { unit, part, period, source, ...(figures && { figures }) };
  });
}

function figuresOf({ levels, invited }: Counts, whole: Counts | undefined): Figures | undefined {
  const n = ratingsIn(levels);
  const satisfied = wilson(satisfiedIn(levels), n);
  const acceptable = wilson(acceptableIn(levels), n);
  if (!satisfied || !acceptable) return undefined;
  const unanswered = n <= invited ? wilson(invited - n, invited) : undefined;
  const mean = whole && bayesianMean(levelSum(levels), n, levelSum(whole.levels) / ratingsIn(whole.levels), priorWeight);
  return { n, satisfied, acceptable, invited, ...(unanswered && { unanswered }), ...(mean !== undefined && { bayesianMean: mean }) };
}

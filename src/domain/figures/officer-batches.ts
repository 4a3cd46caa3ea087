import type { Id } from '../chance.ts';
import { acceptableIn, type Levels, ratingsIn, satisfiedIn } from './counts.ts';
import { type Share, wilson } from './statistics.ts';

/** A closed month of one source: an officer's own ratings, and how many all others got in each unit where the officer has any. */
export interface OfficerMonth {
  /** `2026-07` */
  month: string;
  levels: Levels;
  others: Readonly<Record<Id, number>>;
}

/** An officer's figures over whole months, both named months included. */
export interface OfficerBatch {
  from: string;
  to: string;
  n: number;
  satisfied: Share;
  acceptable: Share;
}

/** The fewest ratings in a batch; also of the others of each unit, who could else be worked out from that unit's figures. */
const fewestInBatch = 10;

/**
 * The batches told so far and those that are ready now. Closed months are joined in order until the officer has ten ratings in them
 * and the others of each unit none or ten; what is left waits for the months to come. A batch stands as it was told, whatever changes later.
 * `months` holds every closed month without a gap, also those without ratings; sources are never mixed. For the officer's own eyes:
 * who could lay the batches of several officers beside each other could subtract them all from the unit's figures.
 */
export function officerBatches(previous: readonly OfficerBatch[], months: readonly OfficerMonth[]): OfficerBatch[] {
  const batches = [...previous];
  const told = previous.at(-1)?.to ?? '';
  let waiting: OfficerMonth[] = [];
  for (const month of months.filter((one) => one.month > told).sort((a, b) => (a.month < b.month ? -1 : 1))) {
    waiting.push(month);
    const batch = batchOf(waiting);
    if (!batch) continue;
    batches.push(batch);
    waiting = [];
  }
  return batches;
}

function batchOf(months: readonly OfficerMonth[]): OfficerBatch | undefined {
  const total = (count: (month: OfficerMonth) => number) => months.reduce((sum, month) => sum + count(month), 0);
  const n = total(({ levels }) => ratingsIn(levels));
  const units = new Set(months.flatMap(({ others }) => Object.keys(others)));
  const others = [...units].map((unit) => total((month) => month.others[unit] ?? 0));
  const satisfied = wilson(
    total(({ levels }) => satisfiedIn(levels)),
    n,
  );
  const acceptable = wilson(
    total(({ levels }) => acceptableIn(levels)),
    n,
  );
  const [from, to] = [months[0]?.month, months.at(-1)?.month];
  if (n < fewestInBatch || others.some((count) => count > 0 && count < fewestInBatch) || !satisfied || !acceptable || !from || !to)
    return undefined;
  return { from, to, n, satisfied, acceptable };
}

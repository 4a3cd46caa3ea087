import { eq, isNull, sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import { type Catalogue, stationOf } from '../../domain/catalogue.ts';
import type { Id } from '../../domain/chance.ts';
import { type Cell, cellsOf } from '../../domain/figures/cells.ts';
import { type Levels, none, plus, ratingsIn } from '../../domain/figures/counts.ts';
import { type OfficerBatch, type OfficerMonth, officerBatches } from '../../domain/figures/officer-batches.ts';
import { type Release, release, type Tally } from '../../domain/figures/release.ts';
import type { RatedUnit } from '../../domain/figures/rows.ts';
import type { Source } from '../../domain/rating.ts';
import type { Parts } from './parts.ts';
import { settings } from './schema/catalogue.ts';
import { contacts, ratings } from './schema/ratings.ts';

/** A month is told of once no rating in it can be changed: an invitation's seven days, to the end of the last. */
const SETTLED_AFTER = { days: 9 };
const MONTH = 'yyyy-MM';
const where = { release: 'ratings-released', batches: (officer: Id): string => `ratings-released/${officer}` };

/** What residents' ratings of closed months tell, unit by unit. What is told is written down first: it stays as it was told. */
export function ratingFigures(parts: Parts): Cell[] {
  const previous = told<Release>(parts, where.release);
  const next = release(previous, ratedUnits(parts.catalogue()), closedMonths(parts), tallies(parts));
  tell(parts, where.release, previous, next);
  return cellsOf(next);
}

/** An officer's own figures, in batches large enough that nobody can be guessed. */
export function ownFigures(parts: Parts, officer: Id): OfficerBatch[] {
  const previous = told<OfficerBatch[]>(parts, where.batches(officer)) ?? [];
  const next = officerBatches(previous, officerMonths(parts, officer));
  tell(parts, where.batches(officer), previous, next);
  return next;
}

const told = <T>({ db }: Parts, name: string): T | undefined =>
  db.select().from(settings).where(eq(settings.name, name)).get()?.value as T | undefined;

function tell({ db }: Parts, name: string, before: unknown, value: unknown): void {
  if (JSON.stringify(before) === JSON.stringify(value)) return;
  db.insert(settings).values({ name, value }).onConflictDoUpdate({ target: settings.name, set: { value } }).run();
}

/** Every station a tree with its teams; what stands beside the stations stands by itself, for beside one station it could be subtracted. */
const ratedUnits = (catalogue: Catalogue): RatedUnit[] =>
  catalogue.units.map(({ id, parent }) => {
    const inStation = parent !== undefined && stationOf(catalogue, parent) !== undefined;
    return { id, ...(inStation && { parent }), direct: true };
  });

/** Every month from the first contact or rating on that is over and settled, without a gap. */
function closedMonths(parts: Parts): string[] {
  const { zone } = parts.catalogue().settings;
  const asked = parts.db
    .select({ at: sql<number | null>`min(${contacts.at})` })
    .from(contacts)
    .get()?.at;
  const rated = parts.db
    .select({ month: sql<string | null>`min(${ratings.month})` })
    .from(ratings)
    .get()?.month;
  const begun = [...(asked ? [DateTime.fromMillis(asked, { zone })] : []), ...(rated ? [DateTime.fromFormat(rated, MONTH, { zone })] : [])];
  const first = DateTime.min(...begun);
  if (!first) return [];
  const now = DateTime.fromMillis(parts.now(), { zone });
  const months: string[] = [];
  for (let month = first.startOf('month'); month.plus({ months: 1 }).plus(SETTLED_AFTER) <= now; ) {
    months.push(month.toFormat(MONTH));
    month = month.plus({ months: 1 });
  }
  return months;
}

/** Ratings by the unit they are about and how they came, and invitations by the month they were made in. */
function tallies(parts: Parts): Tally[] {
  const { zone } = parts.catalogue().settings;
  const rated = counted(parts).map(({ unit, month, source, levels }) => ({ unit, month, source, levels, invited: 0 }));
  const asked = parts.db
    .select({ unit: contacts.unit, at: contacts.at, asked: contacts.asked })
    .from(contacts)
    .all()
    .flatMap(({ asked: source, ...one }) => (source === null ? [] : [{ ...one, source }]))
    .map(({ unit, at, source }) => ({
      unit,
      month: DateTime.fromMillis(at, { zone }).toFormat(MONTH),
      source,
      levels: none.levels,
      invited: 1,
    }));
  return [...rated, ...asked];
}

function officerMonths(parts: Parts, officer: Id): OfficerMonth[] {
  const all = counted(parts).filter(({ source }) => source === 'invited');
  const units = new Set(all.filter((one) => one.officer === officer).map(({ unit }) => unit));
  return closedMonths(parts).map((month) => {
    const within = all.filter((one) => one.month === month && units.has(one.unit));
    const levelsOf = (some: typeof within) => some.reduce((sum, { levels }) => plus(sum, { levels, invited: 0 }), none).levels;
    return {
      month,
      levels: levelsOf(within.filter((one) => one.officer === officer)),
      others: Object.fromEntries(
        [...units].map((unit) => [unit, ratingsIn(levelsOf(within.filter((one) => one.unit === unit && one.officer !== officer)))]),
      ),
    };
  });
}

function counted({ db }: Parts): { unit: Id; officer: Id | null; month: string; source: Source; levels: Levels }[] {
  return db
    .select({
      unit: ratings.unit,
      officer: ratings.officer,
      month: ratings.month,
      source: ratings.source,
      level: ratings.level,
      count: sql<number>`count(*)`,
    })
    .from(ratings)
    .where(isNull(ratings.excluded))
    .groupBy(ratings.unit, ratings.officer, ratings.month, ratings.source, ratings.level)
    .all()
    .map(({ level, count, ...about }) => {
      const at = (which: number) => (which === level ? count : 0);
      return { ...about, levels: [at(1), at(2), at(3), at(4), at(5)] };
    });
}

import { and, desc, eq, inArray, isNull, lt, ne, notExists, notInArray, or, type SQL } from 'drizzle-orm';
import { stationOf, unitsBelow } from '../../domain/catalogue.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { RatingLine } from '../ratings.ts';
import { present } from './absent.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { Parts } from './parts.ts';
import { commentOf } from './ratings.ts';
import { ratings, ratingTies } from './schema/ratings.ts';

/**
 * Which ratings an inspector may see; undefined: none. Only once they can't be changed any more:
 * one that appeared an hour after a case was closed would tell whose it is.
 */
export function ratingsInReach(parts: Parts, scope: CaseScope): SQL | undefined {
  if (scope.sealed !== 'all') return undefined;
  const catalogue = parts.catalogue();
  const reach = scope.stations.flatMap((station) => unitsBelow(catalogue, station).map(({ id }) => id));
  const within = [...new Set(reach.filter((unit) => stationOf(catalogue, unit) !== undefined))];
  return and(
    inArray(ratings.unit, within),
    notInArray(ratings.unit, [...scope.notNamingUnits]),
    or(isNull(ratings.officer), ne(ratings.officer, scope.notNamingOfficer)),
    notExists(parts.db.select().from(ratingTies).where(eq(ratingTies.rating, ratings.id))),
  );
}

/** For inspectors alone: newest month first, within a month in no order. */
export function findRatings(
  parts: Parts,
  scope: CaseScope,
  after: string | undefined,
  limit: number,
): { items: RatingLine[]; next?: string } {
  const inReach = ratingsInReach(parts, scope);
  if (!inReach) return { items: [] };
  const [month, id] = placeOf(parts.master, 'ratings', after, ['string', 'string']) ?? [];
  const beyond =
    month === undefined || id === undefined ? undefined : or(lt(ratings.month, month), and(eq(ratings.month, month), lt(ratings.id, id)));
  const rows = parts.db
    .select()
    .from(ratings)
    .where(and(inReach, beyond))
    .orderBy(desc(ratings.month), desc(ratings.id))
    .limit(limit + 1)
    .all();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) =>
      present({
        id: row.id,
        level: row.level,
        reasons: row.reasons,
        comment: commentOf(parts, row),
        unit: row.unit,
        topic: row.topic,
        source: row.source,
        month: row.month,
        burst: row.burst,
        excluded: row.excluded?.category,
      }),
    ),
    ...(rows.length > limit && last && { next: cursorOf(parts.master, 'ratings', [last.month, last.id]) }),
  };
}

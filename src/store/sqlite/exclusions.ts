import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { stationOf } from '../../domain/catalogue.ts';
import type { Id } from '../../domain/chance.ts';
import type { Exclusion } from '../../domain/exclusion.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { ExcludedCount } from '../ratings.ts';
import { ratingsInReach } from './find-ratings.ts';
import type { Parts } from './parts.ts';
import { ratings } from './schema/ratings.ts';

/** Leaves a rating out of every figure, or counts it again; who and why stand in the record. */
export function excludeRating(parts: Parts, scope: CaseScope, by: Id, id: Id, category: Exclusion | null): boolean {
  const inReach = ratingsInReach(parts, scope);
  const row =
    inReach &&
    parts.db
      .select()
      .from(ratings)
      .where(and(inReach, eq(ratings.id, id)))
      .get();
  if (!row) return false;
  if ((row.excluded?.category ?? null) === category) return true;
  parts.db
    .update(ratings)
    .set({ excluded: category && { category, by } })
    .where(eq(ratings.id, id))
    .run();
  parts.audit({
    chain: stationOf(parts.catalogue(), row.unit)?.id ?? row.unit,
    actor: by,
    verb: category ? 'rating-excluded' : 'rating-included',
    subject: id,
    ...(category && { reasonCode: category }),
  });
  return true;
}

/** Every station's, by year and category: too coarse to tell which rating it was. */
export function excludedRatings(parts: Parts): ExcludedCount[] {
  const catalogue = parts.catalogue();
  const counts = new Map<string, ExcludedCount>();
  const rows = parts.db
    .select({ unit: ratings.unit, month: ratings.month, excluded: ratings.excluded, count: sql<number>`count(*)` })
    .from(ratings)
    .where(isNotNull(ratings.excluded))
    .groupBy(ratings.unit, ratings.month, sql`json_extract(${ratings.excluded}, '$.category')`)
    .all();
  for (const { unit, month, excluded, count } of rows) {
    if (!excluded) continue;
    const one = { unit: stationOf(catalogue, unit)?.id ?? unit, year: month.slice(0, 4), category: excluded.category };
    const place = JSON.stringify(one);
    counts.set(place, { ...one, count: (counts.get(place)?.count ?? 0) + count });
  }
  return [...counts.values()].sort((a, b) => b.year.localeCompare(a.year) || a.category.localeCompare(b.category));
}

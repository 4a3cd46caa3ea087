import { and, eq, isNotNull } from 'drizzle-orm';
import { stationOf } from '../../domain/catalogue.ts';
import type { Id } from '../../domain/chance.ts';
import type { Exclusion } from '../../domain/exclusion.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { ExcludedCount } from '../ratings.ts';
import { ratingsInReach } from './find-ratings.ts';
import type { Parts } from './parts.ts';
import { ratings } from './schema/ratings.ts';
import { tallied } from './tallied.ts';

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

/** Every station's, newest year first: too coarse to tell which rating it was. */
export function excludedRatings({ db, catalogue }: Parts): ExcludedCount[] {
  const rows = db.select({ unit: ratings.unit, month: ratings.month, excluded: ratings.excluded }).from(ratings);
  const excluded = rows.where(isNotNull(ratings.excluded)).all();
  return tallied(
    excluded.flatMap(({ unit, month, excluded: left }) =>
      left ? [{ unit: stationOf(catalogue(), unit)?.id ?? unit, year: month.slice(0, 4), category: left.category }] : [],
    ),
  ).sort((a, b) => b.year.localeCompare(a.year) || a.category.localeCompare(b.category));
}

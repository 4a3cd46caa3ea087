import { eq } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Id } from '../../domain/chance.ts';
import type { DecideLowRatings } from '../../domain/decision.ts';
import { apply } from './apply.ts';
import type { Parts } from './parts.ts';
import { settings } from './schema/catalogue.ts';
import { lowRatings, ratings } from './schema/ratings.ts';
import { settledOrThrow } from './turn.ts';

/** So many together, and from them nobody can be guessed. */
const FEWEST = 5;
const LOOKED_IN = 'low-ratings-looked-in';

/**
 * A low rating that is nobody's from now on is added to its unit's count. Not one of what came of a case: that leads back to the case
 * itself. Nor one that its resident asked to have looked into, one by a code, or one left out of every figure.
 */
export function countLow({ db }: Parts, id: Id): void {
  const rating = db.select().from(ratings).where(eq(ratings.id, id)).get();
  if (!rating || rating.level > 2 || rating.excluded || !isOfContact(rating)) return;
  const { unit, officer } = rating;
  const before = db.select().from(lowRatings).where(eq(lowRatings.unit, unit)).get();
  const reasons = { ...before?.reasons };
  for (const reason of rating.reasons) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const officers = [...new Set([...(before?.officers ?? []), ...(officer === null ? [] : [officer])])].sort();
  const row = { unit, count: (before?.count ?? 0) + 1, reasons, officers };
  db.insert(lowRatings).values(row).onConflictDoUpdate({ target: lowRatings.unit, set: row }).run();
}

/** Of what came of a case only where that was not the trouble: else the case itself is the way. */
const isOfContact = ({ source, reasons }: Pick<typeof ratings.$inferSelect, 'source' | 'reasons'>): boolean =>
  source === 'met' || (source === 'invited' && !reasons.includes('unsolved'));

/** Looked into at the beginning of a month, whenever they came: the day of a case opened sooner would date the last of them. */
export const isNewMonth = (parts: Parts): boolean =>
  parts.db.select().from(settings).where(eq(settings.name, LOOKED_IN)).get()?.value !== monthNow(parts);

/** Units with enough of them, each once, within a write; what is too few goes on being counted. */
export function lookIntoLowRatings(parts: Parts, decide: DecideLowRatings): number {
  const { db } = parts;
  if (!isNewMonth(parts)) return 0;
  const looked = { name: LOOKED_IN, value: monthNow(parts) };
  db.insert(settings).values(looked).onConflictDoUpdate({ target: settings.name, set: looked }).run();
  const enough = db
    .select()
    .from(lowRatings)
    .all()
    .filter(({ count }) => count >= FEWEST);
  for (const { officers, ...low } of enough) {
    const chance = parts.chance();
    const rated = officers.flatMap((id) => parts.officers().get(id) ?? []);
    const { changes } = settledOrThrow(decide({ ...low, rated }, parts.catalogue(), chance));
    apply(parts, { chance, actor: 'clock', changed: false, filedSealed: [], answered: new Set() }, changes);
    db.delete(lowRatings).where(eq(lowRatings.unit, low.unit)).run();
  }
  return enough.length;
}

const monthNow = (parts: Parts): string => DateTime.fromMillis(parts.now(), { zone: parts.catalogue().settings.zone }).toFormat('yyyy-MM');

import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray, isNull, lt, ne, notExists, notInArray, or } from 'drizzle-orm';
import { DateTime } from 'luxon';
import { stationOf, unitsBelow } from '../../domain/catalogue.ts';
import type { Id, Instant } from '../../domain/chance.ts';
import type { Change } from '../../domain/decision.ts';
import type { Level, RatingGiven, Source } from '../../domain/rating.ts';
import { Refused } from '../../domain/refusal.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { RatingLine } from '../store.ts';
import { present } from './absent.ts';
import { invitationRows } from './contacts.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { Parts } from './parts.ts';
import { isFollowed, markFollowed, ratingOf, tieMore, tieRating } from './rating-ties.ts';
import type { Scene } from './scene.ts';
import { type contacts, ratings, ratingTies } from './schema/ratings.ts';

const whereInRating = { comment: (id: Id): string => `ratings/comment/${id}` };

/**
 * A rating with what it was about, and nothing of who gave it or on which day; the way back is sealed apart.
 * Given again by the same invitation it is changed, and what it was is kept.
 */
export function rate(parts: Parts, { chance }: Scene, { invitation: id, rating, turns }: Extract<Change, { do: 'useInvitation' }>): void {
  const found = invitationRows(parts, id);
  if (!found) throw new Refused('already-done');
  const { invitation, contact } = found;
  if (invitation.rating === null) {
    const made = give(parts, contact, invitation.source, rating, chance.now);
    tieRating(parts, made, invitation, { invitation: id, turns });
    return;
  }
  const given = ratingOf(parts, invitation.contact, invitation.rating);
  change(parts, given, rating);
  tieMore(parts, given, turns);
}

/** Somebody looks into it with its resident. */
export function followUp(parts: Parts, _scene: Scene, { invitation: id }: Extract<Change, { do: 'followUp' }>): void {
  const found = invitationRows(parts, id);
  if (!found?.invitation.rating) throw new Refused('already-done');
  markFollowed(parts, ratingOf(parts, found.contact.id, found.invitation.rating));
}

/** What an invitation was used for, while it can still be changed. */
export function givenBy(parts: Parts, contact: Id, pointer: Buffer): { given: RatingGiven; followed: boolean } {
  const id = ratingOf(parts, contact, pointer);
  const row = parts.db.select().from(ratings).where(eq(ratings.id, id)).get();
  if (!row) throw new Error('rating-missing');
  const { reasonsVersion, reasons } = row;
  const comment = row.comment ? { comment: parts.keys.openText(whereInRating.comment(id), row.comment) } : {};
  return { given: { level: row.level as Level, reasonsVersion, reasons, ...comment }, followed: isFollowed(parts, id) };
}

/** Counted to the month it was given in. */
function give({ db, keys, catalogue }: Parts, contact: typeof contacts.$inferSelect, source: Source, given: RatingGiven, now: Instant): Id {
  // Not a UUIDv7: its time would be the day.
  const id = randomUUID();
  const { level, reasonsVersion, reasons, comment } = given;
  db.insert(ratings)
    .values({
      id,
      officer: contact.officer,
      unit: contact.unit,
      topic: contact.topic,
      source,
      month: DateTime.fromMillis(now, { zone: catalogue().settings.zone }).toFormat('yyyy-MM'),
      level,
      reasonsVersion,
      reasons,
      comment: comment === undefined ? null : keys.seal(keys.create('rating', null), whereInRating.comment(id), comment),
    })
    .run();
  return id;
}

/** What stands is replaced, and the words of before are gone. */
function change({ db, keys }: Parts, id: Id, { level, reasonsVersion, reasons, comment }: RatingGiven): void {
  const before = db.select().from(ratings).where(eq(ratings.id, id)).get();
  if (!before) throw new Error('rating-missing');
  if (before.comment) keys.destroy(keys.keyOf(before.comment).id);
  db.update(ratings)
    .set({
      level,
      reasonsVersion,
      reasons,
      comment: comment === undefined ? null : keys.seal(keys.create('rating', null), whereInRating.comment(id), comment),
      earlier: [...before.earlier, { level: before.level, reasonsVersion: before.reasonsVersion, reasons: before.reasons }],
    })
    .where(eq(ratings.id, id))
    .run();
}

/**
 * For inspectors alone: newest month first, within a month in no order. Only once they can't be changed any more:
 * one that appeared an hour after a case was closed would tell whose it is.
 */
export function findRatings(
  parts: Parts,
  scope: CaseScope,
  after: string | undefined,
  limit: number,
): { items: RatingLine[]; next?: string } {
  if (scope.sealed !== 'all') return { items: [] };
  const catalogue = parts.catalogue();
  const reach = scope.stations.flatMap((station) => unitsBelow(catalogue, station).map(({ id }) => id));
  const within = [...new Set(reach.filter((unit) => stationOf(catalogue, unit) !== undefined))];
  const [month, id] = placeOf(parts.master, 'ratings', after, ['string', 'string']) ?? [];
  const rows = parts.db
    .select()
    .from(ratings)
    .where(
      and(
        inArray(ratings.unit, within),
        notInArray(ratings.unit, [...scope.notNamingUnits]),
        or(isNull(ratings.officer), ne(ratings.officer, scope.notNamingOfficer)),
        notExists(parts.db.select().from(ratingTies).where(eq(ratingTies.rating, ratings.id))),
        month === undefined || id === undefined
          ? undefined
          : or(lt(ratings.month, month), and(eq(ratings.month, month), lt(ratings.id, id))),
      ),
    )
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
        comment: row.comment && parts.keys.openText(whereInRating.comment(row.id), row.comment),
        unit: row.unit,
        topic: row.topic,
        month: row.month,
      }),
    ),
    ...(rows.length > limit && last && { next: cursorOf(parts.master, 'ratings', [last.month, last.id]) }),
  };
}

import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Id, Instant } from '../../domain/chance.ts';
import type { Change } from '../../domain/decision.ts';
import type { Level, RatingGiven, Source } from '../../domain/rating.ts';
import { Refused } from '../../domain/refusal.ts';
import { invitationRows } from './contacts.ts';
import type { Parts } from './parts.ts';
import { isFollowed, markFollowed, ratingOf, tieMore, tieRating } from './rating-ties.ts';
import type { Scene } from './scene.ts';
import { type contacts, ratings } from './schema/ratings.ts';

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
  const comment = commentOf(parts, row);
  const given = { level: row.level as Level, reasonsVersion, reasons, ...(comment !== undefined && { comment }) };
  return { given, followed: isFollowed(parts, id) };
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

/** What was said with it. */
export const commentOf = ({ keys }: Parts, { id, comment }: Pick<typeof ratings.$inferSelect, 'id' | 'comment'>): string | undefined =>
  comment ? keys.openText(whereInRating.comment(id), comment) : undefined;

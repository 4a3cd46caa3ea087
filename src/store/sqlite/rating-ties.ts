import { and, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Id } from '../../domain/chance.ts';
import { places } from '../../domain/place.ts';
import { forgetMessages } from './forget-messages.ts';
import { countLow } from './low-ratings.ts';
import type { Parts } from './parts.ts';
import { contacts, invitations, ratings, ratingTies } from './schema/ratings.ts';

/** All that leads from a rating to who gave it. */
interface Tie {
  contact: Id;
  /** The invitation's id: a form about it may still lie open. */
  invitation: Id;
  /** What was said in the form, each time. */
  turns: readonly Id[];
  /** The key under which the invitation names the rating. */
  pointer: Id;
  /** Its resident asked that somebody look into it. */
  followed?: true;
}

const AT_ONCE = 100;
/** So many of one unit on one day are a burst. */
const BURST = 20;
const where = {
  tie: (rating: Id): string => `rating_ties/sealed/${rating}`,
  pointer: (contact: Id): string => `invitations/rating/${contact}`,
};

/** Ties a rating to its invitation, for as long as it can be changed. Two keys: one alone would name the other's row. */
export function tieRating(
  { db, keys, catalogue }: Parts,
  rating: Id,
  { contact, expiresAt }: Pick<typeof invitations.$inferSelect, 'contact' | 'expiresAt'>,
  said: Pick<Tie, 'invitation' | 'turns'>,
): void {
  const pointer = keys.create('tie', null);
  db.update(invitations)
    .set({ rating: keys.seal(pointer, where.pointer(contact), rating) })
    .where(eq(invitations.contact, contact))
    .run();
  const tie: Tie = { contact, pointer: pointer.id, ...said };
  const until = DateTime.fromMillis(expiresAt, { zone: catalogue().settings.zone }).endOf('day').toMillis() + 1;
  db.insert(ratingTies)
    .values({ rating, sealed: keys.sealJson(keys.create('tie', null), where.tie(rating), tie), until })
    .run();
}

/** The rating an invitation was used for. */
export const ratingOf = ({ keys }: Parts, contact: Id, pointer: Buffer): Id => keys.openText(where.pointer(contact), pointer);

/** What was said to change it goes with what was said to give it. */
export const tieMore = (parts: Parts, rating: Id, turns: readonly Id[]): void =>
  retie(parts, rating, (tie) => ({ ...tie, turns: [...tie.turns, ...turns] }));

/** Whether its resident asked that somebody look into it. */
export const isFollowed = (parts: Parts, rating: Id): boolean => tieOf(parts, rating).tie.followed === true;

export const markFollowed = (parts: Parts, rating: Id): void => retie(parts, rating, (tie) => ({ ...tie, followed: true }));

function tieOf({ db, keys }: Parts, rating: Id): { tie: Tie; sealed: Buffer } {
  const row = db.select().from(ratingTies).where(eq(ratingTies.rating, rating)).get();
  if (!row) throw new Error('tie-missing');
  return { tie: keys.openJson<Tie>(where.tie(rating), row.sealed), sealed: row.sealed };
}

function retie(parts: Parts, rating: Id, change: (tie: Tie) => Tie): void {
  const { db, keys } = parts;
  const { tie, sealed } = tieOf(parts, rating);
  db.update(ratingTies)
    .set({ sealed: keys.sealJson(keys.keyOf(sealed), where.tie(rating), change(tie)) })
    .where(eq(ratingTies.rating, rating))
    .run();
}

/** What anybody can give comes to inspection's eyes where there is very much of it on one day; which day is not kept. */
function markBursts({ db }: Parts, now: number): void {
  const byCode = and(lte(ratingTies.until, now), inArray(ratings.source, ['walk-in', 'assisted']), eq(ratings.burst, false));
  const bursts = db
    .select({ unit: ratings.unit, until: ratingTies.until })
    .from(ratingTies)
    .innerJoin(ratings, eq(ratings.id, ratingTies.rating))
    .where(byCode)
    .groupBy(ratings.unit, ratingTies.until)
    .having(sql`count(*) >= ${BURST}`)
    .all();
  for (const { unit, until } of bursts) {
    const ofThatDay = db.select({ id: ratingTies.rating }).from(ratingTies).where(eq(ratingTies.until, until));
    db.update(ratings)
      .set({ burst: true })
      .where(and(eq(ratings.unit, unit), inArray(ratings.source, ['walk-in', 'assisted']), inArray(ratings.id, ofThatDay)))
      .run();
  }
}

/** Who was reminded had not rated by then, and who was not, had: neither is to be seen any more. */
function forgetReminder({ statement }: Parts, contact: Id): void {
  const reminders = "purpose = 'invitation-reminder' and state <> 'leased' and case_id = (select case_id from contacts where id = ?)";
  statement<[Id]>(`delete from outbound_parts where message in (select id from messages where ${reminders})`).run(contact);
  statement<[Id]>(`delete from messages where ${reminders}`).run(contact);
}

/**
 * From the day on that a rating can't be changed any more nothing leads from it to who gave it: what was said in its form
 * goes, and its keys. Invitations go on that day used or not: what is gone tells nothing of who rated.
 */
export function breakTies(parts: Parts): void {
  const { db, keys } = parts;
  const now = parts.now();
  markBursts(parts, now);
  const due = db.select().from(ratingTies).where(lte(ratingTies.until, now)).limit(AT_ONCE).all();
  for (const { rating, sealed } of due) {
    const { turns, invitation, pointer, followed } = keys.openJson<Tie>(where.tie(rating), sealed);
    if (!followed) countLow(parts, rating);
    forgetMessages(parts, turns, invitation);
    db.delete(ratingTies).where(eq(ratingTies.rating, rating)).run();
    keys.destroy(keys.keyOf(sealed).id);
    keys.destroy(pointer);
  }
  const today = DateTime.fromMillis(now, { zone: parts.catalogue().settings.zone }).startOf('day').toMillis();
  const over = db.delete(invitations).where(lt(invitations.expiresAt, today)).returning({ contact: invitations.contact }).all();
  for (const { contact } of over) {
    forgetReminder(parts, contact);
    db.delete(contacts)
      .where(and(eq(contacts.id, contact), inArray(contacts.kind, [...places])))
      .run();
  }
  if (due.length > 0 || over.length > 0) parts.emptyLog();
}

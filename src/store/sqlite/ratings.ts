import { randomUUID } from 'node:crypto';
import { and, desc, eq, inArray, isNull, lt, ne, notInArray, or } from 'drizzle-orm';
import { DateTime } from 'luxon';
import { stationOf, unitsBelow } from '../../domain/catalogue.ts';
import type { Id } from '../../domain/chance.ts';
import type { Change } from '../../domain/decision.ts';
import type { Invitation } from '../../domain/rating.ts';
import { Refused } from '../../domain/refusal.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { RatingLine } from '../store.ts';
import { present } from './absent.ts';
import { invitationDigest } from './codes.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { Parts } from './parts.ts';
import type { Scene } from './scene.ts';
import { contacts, invitations, ratings, ratingTies } from './schema/ratings.ts';

const whereInRating = {
  comment: (id: Id): string => `ratings/comment/${id}`,
  invitation: (contact: Id): string => `invitations/sealed/${contact}`,
  tie: (id: Id): string => `rating_ties/sealed/${id}`,
};

/** The system asks, once a contact, by a right that only its digest is kept of. */
export function invite(parts: Parts, scene: Scene, change: Extract<Change, { do: 'invite' }>): void {
  const { db, keys, master } = parts;
  const row = parts.caseRows.orThrow(change.case);
  db.insert(contacts)
    .values({ id: change.contact, kind: 'case', at: scene.chance.now, officer: row.owner, unit: row.unit, topic: row.topic, case: row.id })
    .run();
  db.insert(invitations)
    .values({
      idDigest: invitationDigest(master, change.invitation),
      contact: change.contact,
      source: 'case',
      sealed: keys.seal(row.key, whereInRating.invitation(change.contact), change.invitation),
      expiresAt: change.expiresAt,
    })
    .run();
}

export function invitationOf(parts: Parts, id: Id): Invitation | undefined {
  const found = parts.db
    .select()
    .from(invitations)
    .innerJoin(contacts, eq(contacts.id, invitations.contact))
    .where(eq(invitations.idDigest, invitationDigest(parts.master, id)))
    .get();
  if (!found) return undefined;
  const { invitations: invitation, contacts: contact } = found;
  return present({
    id,
    contact: contact.id,
    case: contact.case,
    expiresAt: invitation.expiresAt,
    usedAt: invitation.usedAt,
    unit: contact.unit,
    topic: contact.topic,
  });
}

/** The case's invitation while it is unused: its id for the resident, whether there was one at all. */
export function invitationOfCase(parts: Parts, id: Id): { asked: boolean; open?: Pick<Invitation, 'id' | 'expiresAt'> } {
  const found = parts.db
    .select({ contact: contacts.id, sealed: invitations.sealed, expiresAt: invitations.expiresAt, usedAt: invitations.usedAt })
    .from(contacts)
    .innerJoin(invitations, eq(invitations.contact, contacts.id))
    .where(eq(contacts.case, id))
    .orderBy(desc(contacts.at))
    .get();
  if (!found) return { asked: false };
  if (!found.sealed || found.usedAt !== null) return { asked: true };
  const invitation = parts.keys.openText(whereInRating.invitation(found.contact), found.sealed);
  return { asked: true, open: { id: invitation, expiresAt: found.expiresAt } };
}

/** A rating with what it was about, and nothing of who gave it or on which day; the way back is sealed apart. */
export function rate(parts: Parts, scene: Scene, change: Extract<Change, { do: 'useInvitation' }>): void {
  const { db, keys, master } = parts;
  const { now } = scene.chance;
  const invitation = invitationOf(parts, change.invitation);
  if (!invitation || invitation.usedAt !== undefined) throw new Refused('already-done');
  const contact = db.select().from(contacts).where(eq(contacts.id, invitation.contact)).get();
  if (!contact) throw new Error('contact-missing');
  const month = DateTime.fromMillis(now, { zone: parts.catalogue().settings.zone }).startOf('month');
  const { level, reasonsVersion, reasons, comment } = change.rating;
  // Not a UUIDv7: its time would be the day.
  const id = randomUUID();
  db.insert(ratings)
    .values({
      id,
      officer: contact.officer,
      unit: contact.unit,
      topic: contact.topic,
      source: 'case',
      month: month.toFormat('yyyy-MM'),
      level,
      reasonsVersion,
      reasons,
      comment: comment === undefined ? null : keys.seal(keys.create('rating', null), whereInRating.comment(id), comment),
    })
    .run();
  const tie = keys.create('tie', null);
  db.insert(ratingTies)
    .values({ rating: id, sealed: keys.sealJson(tie, whereInRating.tie(id), { contact: contact.id }) })
    .run();
  db.update(invitations)
    .set({ usedAt: month.toMillis() })
    .where(eq(invitations.idDigest, invitationDigest(master, change.invitation)))
    .run();
}

/** For inspectors alone: newest month first, within a month in no order. */
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

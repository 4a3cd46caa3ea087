import { desc, eq } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Id } from '../../domain/chance.ts';
import type { Change, Found, Need } from '../../domain/decision.ts';
import type { Invitation, Source } from '../../domain/rating.ts';
import { present } from './absent.ts';
import type { CaseRow } from './case-row.ts';
import { invitationDigest, placedId } from './codes.ts';
import type { Parts } from './parts.ts';
import { givenBy } from './ratings.ts';
import type { Scene } from './scene.ts';
import { contacts, invitations } from './schema/ratings.ts';

const whereInInvitation = (contact: Id): string => `invitations/sealed/${contact}`;

/** The system asks, once a contact, by a right that only its digest is kept of. */
export function invite(parts: Parts, scene: Scene, change: Extract<Change, { do: 'invite' }>): void {
  const { db, keys, master } = parts;
  const row = parts.caseRows.orThrow(change.case);
  meet(parts, scene, change.contact, row, change.source);
  db.insert(invitations)
    .values({
      idDigest: invitationDigest(master, change.invitation),
      contact: change.contact,
      source: change.source,
      sealed: keys.seal(row.key, whereInInvitation(change.contact), change.invitation),
      expiresAt: change.expiresAt,
    })
    .run();
}

/** An encounter that nobody is asked about: it stays so when the case is closed again. */
export const leaveUnasked = (parts: Parts, scene: Scene, change: Extract<Change, { do: 'leaveUnasked' }>): void =>
  meet(parts, scene, change.contact, parts.caseRows.orThrow(change.case), null);

function meet({ db }: Parts, { chance }: Scene, id: Id, { id: of, owner, unit, topic }: CaseRow, asked: Source | null): void {
  db.insert(contacts).values({ id, kind: 'case', at: chance.now, officer: owner, unit, topic, case: of, asked }).run();
}

/** A resident's own, at a place: not asked by anybody, and gone with the tie, for its day would date the rating. */
export function inviteAt({ db, master }: Parts, _scene: Scene, change: Extract<Change, { do: 'inviteAt' }>): void {
  const { contact, place, unit, source, day, expiresAt } = change;
  db.insert(contacts).values({ id: contact, kind: place, at: day, unit }).run();
  db.insert(invitations)
    .values({ idDigest: invitationDigest(master, change.invitation), contact, source, expiresAt })
    .run();
}

/** This conversation's right to rate a unit at a place today, by an id that is the same each time it is asked for. */
export function placedInvitation(
  parts: Parts,
  { conversation, chance }: Scene,
  { place, unit }: Extract<Need, { what: 'placed' }>,
): Extract<Found, { what: 'placed' }> {
  if (!conversation) throw new Error('no-conversation-here');
  const day = DateTime.fromMillis(chance.now, { zone: parts.catalogue().settings.zone }).toISODate() ?? '';
  const id = placedId(parts.master, conversation.id, place, unit, day);
  return present({ what: 'placed' as const, id, invitation: invitationOf(parts, id) });
}

/** An invitation and the contact it is for, as they lie; undefined once its day is over. */
export function invitationRows({ db, master }: Pick<Parts, 'db' | 'master'>, id: Id) {
  const found = db
    .select()
    .from(invitations)
    .innerJoin(contacts, eq(contacts.id, invitations.contact))
    .where(eq(invitations.idDigest, invitationDigest(master, id)))
    .get();
  return found && { invitation: found.invitations, contact: found.contacts };
}

export function invitationOf(parts: Parts, id: Id): Invitation | undefined {
  const found = invitationRows(parts, id);
  if (!found) return undefined;
  const { invitation, contact } = found;
  const row = contact.case === null ? undefined : parts.caseRows.orThrow(contact.case);
  return present({
    id,
    followed: false,
    contact: contact.id,
    reference: row?.reference,
    sealed: row?.sealed === 1,
    expiresAt: invitation.expiresAt,
    ...(invitation.rating !== null && givenBy(parts, contact.id, invitation.rating)),
    source: invitation.source,
    unit: contact.unit,
    officer: contact.officer === null ? undefined : parts.officers().get(contact.officer),
    topic: contact.topic,
  });
}

/** The case's invitation while it is unused: its id for the resident, whether there was one at all. */
export function invitationOfCase(parts: Parts, id: Id): { asked: boolean; open?: Pick<Invitation, 'id' | 'expiresAt'> } {
  const found = parts.db
    .select({ contact: contacts.id, sealed: invitations.sealed, expiresAt: invitations.expiresAt, rating: invitations.rating })
    .from(contacts)
    .leftJoin(invitations, eq(invitations.contact, contacts.id))
    .where(eq(contacts.case, id))
    .orderBy(desc(contacts.at))
    .get();
  if (!found) return { asked: false };
  if (!found.sealed || found.expiresAt === null || found.rating !== null) return { asked: true };
  const invitation = parts.keys.openText(whereInInvitation(found.contact), found.sealed);
  return { asked: true, open: { id: invitation, expiresAt: found.expiresAt } };
}

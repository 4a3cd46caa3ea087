import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { Id } from '../../domain/chance.ts';
import type { CaseDesk, Change, Found, Need } from '../../domain/decision.ts';
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
  const row = parts.caseRows.orThrow(change.case);
  encounter(parts, scene, change.contact, row, change.source);
  giveRight(parts, row, change.source, change);
}

/** The right itself, which its resident can be offered again. */
function giveRight(
  { db, keys, master }: Parts,
  { key }: Pick<CaseRow, 'key'>,
  source: Source,
  { contact, invitation, expiresAt }: Pick<Extract<Change, { do: 'invite' }>, 'contact' | 'invitation' | 'expiresAt'>,
): void {
  const sealed = keys.seal(key, whereInInvitation(contact), invitation);
  db.insert(invitations)
    .values({ idDigest: invitationDigest(master, invitation), contact, source, sealed, expiresAt })
    .run();
}

/** A visit or call that an officer wrote down: who and where as it stands now. */
export function meet(parts: Parts, { chance }: Scene, { contact, case: of, officer, how }: Extract<Change, { do: 'meet' }>): void {
  const { unit, topic } = parts.caseRows.orThrow(of);
  parts.db.insert(contacts).values({ id: contact, kind: 'met', how, at: chance.now, officer, unit, topic, case: of }).run();
}

/** The system asks how it was. */
export function askAboutContact(parts: Parts, _scene: Scene, change: Extract<Change, { do: 'askAboutContact' }>): void {
  parts.db.update(contacts).set({ asked: 'met' }).where(eq(contacts.id, change.contact)).run();
  giveRight(parts, parts.caseRows.orThrow(change.case), 'met', change);
}

/** An encounter that nobody is asked about: it stays so when the case is closed again. */
export const leaveUnasked = (parts: Parts, scene: Scene, change: Extract<Change, { do: 'leaveUnasked' }>): void =>
  encounter(parts, scene, change.contact, parts.caseRows.orThrow(change.case), null);

function encounter({ db }: Parts, { chance }: Scene, id: Id, { id: of, owner, unit, topic }: CaseRow, asked: Source | null): void {
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
  const found = lastContact(parts, id, 'case');
  return found ? present({ asked: true, open: found.open }) : { asked: false };
}

/** The last visit or call about a case, when one was asked about last, and its invitation while it is unused. */
export function metOf(parts: Parts, id: Id): CaseDesk['met'] {
  const last = lastContact(parts, id, 'met');
  if (!last) return undefined;
  const asked = parts.db
    .select({ contact: contacts.id, at: contacts.at })
    .from(contacts)
    .where(and(eq(contacts.case, id), eq(contacts.kind, 'met'), isNotNull(contacts.asked)))
    .orderBy(desc(contacts.at))
    .get();
  const open = asked && openInvitation(parts, asked.contact);
  return present({ contact: last.contact, askedAt: asked?.at, invitation: open });
}

function lastContact(parts: Parts, id: Id, kind: 'case' | 'met'): { contact: Id; open?: Pick<Invitation, 'id' | 'expiresAt'> } | undefined {
  const found = parts.db
    .select({ contact: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.case, id), eq(contacts.kind, kind)))
    .orderBy(desc(contacts.at))
    .get();
  return found && present({ contact: found.contact, open: openInvitation(parts, found.contact) });
}

/** The right to rate a contact, while it is unused. */
function openInvitation({ db, keys }: Parts, contact: Id): Pick<Invitation, 'id' | 'expiresAt'> | undefined {
  const found = db.select().from(invitations).where(eq(invitations.contact, contact)).get();
  if (!found?.sealed || found.rating !== null) return undefined;
  return { id: keys.openText(whereInInvitation(contact), found.sealed), expiresAt: found.expiresAt };
}

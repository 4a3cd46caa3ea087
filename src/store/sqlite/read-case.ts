import { eq } from 'drizzle-orm';
import type { ContactDetails } from '../../domain/case.ts';
import type { Id } from '../../domain/chance.ts';
import type { Delivery, Media } from '../../domain/message.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { CaseMessage, CaseView } from '../store.ts';
import { present } from './absent.ts';
import { shown } from './attachments.ts';
import { deliveryState } from './case-desk.ts';
import { eventsOf } from './case-events.ts';
import { type CaseRow, contentOf, fileOf, whereInCase } from './case-row.ts';
import { MESSAGE_COLUMNS, type MessageRow, whereInMessage } from './message-row.ts';
import type { Parts } from './parts.ts';
import { promisesOf } from './promises.ts';
import { cases, notes } from './schema/cases.ts';
import { withinScope } from './within.ts';

/** No channel: opened at the counter, with nowhere to answer. */
const NO_CHANNEL = 'counter';
/** Low ratings whose residents nobody knows any more. */
const NOBODY = 'nobody';

/** The case in reach, and whether reading it must first be written down or marked as read. */
export function caseInReach(parts: Parts, scope: CaseScope, reference: string): CaseRow | undefined {
  return parts.caseRows.within(reference, withinScope(scope));
}

export const isUnread = (row: CaseRow): boolean => row.lastInboundSeq > row.lastReadSeq;

/** The desk has seen the resident's last words; within a write. */
export function markRead({ db }: Parts, row: CaseRow): void {
  db.update(cases).set({ lastReadSeq: row.lastInboundSeq }).where(eq(cases.id, row.id)).run();
}

/** A read of sealed cases leaves its mark, naming them; within a write, before anything is shown. */
export function markSealedRead(
  parts: Parts,
  reader: Id,
  rows: readonly { reference: string; station: Id }[],
  verb: 'sealed-read' | 'sealed-listed',
): void {
  for (const chain of new Set(rows.map(({ station }) => station))) {
    const read = new Set(rows.filter(({ station }) => station === chain).map(({ reference }) => reference));
    parts.audit({ chain, actor: reader, verb, subject: [...read].join(' ') });
  }
}

/** A sealed case, shown only with the entry that says who read it; within a write. */
export function readUnderSeal(parts: Parts, scope: CaseScope, reader: Id, reference: string): CaseView | undefined {
  const row = caseInReach(parts, scope, reference);
  if (!row) return undefined;
  markSealedRead(parts, reader, [row], 'sealed-read');
  markRead(parts, row);
  return viewOf(parts, row);
}

/** All of a case as the desk sees it. */
export function viewOf(parts: Parts, row: CaseRow): CaseView {
  const { named, summary, answers } = contentOf(parts.keys, row);
  const conversation = parts.ties.conversationOf(row.id);
  const resident = conversation === undefined ? undefined : parts.conversations.byId(conversation);
  return present({
    file: fileOf(row),
    summary,
    named,
    answers,
    messages: messagesOf(parts, row.id),
    events: eventsOf(parts, row.id),
    notes: notesOf(parts, row.id),
    promises: promisesOf(parts, row.id),
    resident: {
      alias: row.alias,
      channel: resident?.channel ?? (row.kind === 'follow-up' ? NOBODY : NO_CHANNEL),
      reachable: resident?.reachable ?? false,
      hasContact: row.contact !== null,
    },
    owner: row.owner === null ? undefined : parts.officers().get(row.owner),
  });
}

function messagesOf(parts: Parts, id: Id): CaseMessage[] {
  return parts
    .statement<[Id], MessageRow>(`select ${MESSAGE_COLUMNS} from messages where case_id = ? and hidden = 0 order by seq`)
    .all(id)
    .flatMap((row) => {
      const message = messageOf(parts, row);
      return message.text === '' && message.media.length === 0 ? [] : [message];
    });
}

function messageOf(parts: Parts, row: MessageRow): CaseMessage {
  const { text, by, media = [] } = parts.messages.body(row);
  const now = new Map(parts.attachments.ofMessage(row.id).map((file) => [file.id, shown(file)]));
  return present({
    id: row.id,
    seq: row.seq,
    at: row.at,
    direction: row.direction,
    from: row.from_kind,
    signature: by.kind === 'officer' ? by.signature : undefined,
    text,
    edits: row.edits ? parts.keys.openJson<string[]>(whereInMessage.edits(row.id), row.edits) : [],
    media: media.map((file) => now.get(file.id) ?? file),
    delivery: row.direction === 'out' ? deliveryOf(row) : undefined,
  });
}

const deliveryOf = (row: MessageRow): Delivery =>
  present({
    state: deliveryState(row.state ?? 'pending'),
    at: row.settled_at ?? row.at,
    reason: row.reason,
    possiblyRepeated: row.possibly_repeated === 1,
  });

const notesOf = (parts: Parts, id: Id): CaseView['notes'] =>
  parts.db
    .select()
    .from(notes)
    .where(eq(notes.case, id))
    .orderBy(notes.at, notes.id)
    .all()
    .map((row) => ({ id: row.id, at: row.at, officer: row.officer, text: parts.keys.openText(whereInCase.note(row.id), row.text) }));

/** Name, phone and the like, with the entry that says who opened them; within a write. */
export function openedContact(parts: Parts, scope: CaseScope, reader: Id, reference: string): ContactDetails | undefined {
  const row = caseInReach(parts, scope, reference);
  if (!row?.contact) return undefined;
  parts.audit({ chain: row.station, actor: reader, verb: 'contact-opened', subject: row.reference, version: row.version });
  return parts.keys.openJson<ContactDetails>(whereInCase.contact(row.id), row.contact);
}

/** A file of a case in reach that officers are shown, with the case it belongs to. */
export function fileInReach(parts: Parts, scope: CaseScope, id: Id): { media: Media; row: CaseRow } | undefined {
  const file = parts.attachments.byId(id);
  const of = file?.case_id == null ? undefined : parts.caseRows.byId(file.case_id);
  const row = of && parts.caseRows.within(of.reference, withinScope(scope));
  if (!file || !row || parts.messages.byId(file.message)?.hidden !== 0) return undefined;
  return { media: parts.attachments.opened(file), row };
}

/** A file of the resident's own conversation, under seal or not. */
export function ownFile(parts: Parts, who: { channel: string; bot: string; address: string }, id: Id): Media | undefined {
  const conversation = parts.conversations.find(who);
  const file = parts.attachments.byId(id);
  if (!conversation || !file) return undefined;
  const own = file.conversation === conversation.id;
  const sealed = file.conversation === null && file.case_id !== null && conversation.memory.sealedCases.includes(file.case_id);
  return own || sealed ? parts.attachments.opened(file) : undefined;
}

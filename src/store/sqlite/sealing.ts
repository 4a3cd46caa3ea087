import { eq } from 'drizzle-orm';
import type { Id } from '../../domain/chance.ts';
import type { Change } from '../../domain/decision.ts';
import { type CaseRow, type KeptContent, whereInCase } from './case-row.ts';
import type { Parts } from './parts.ts';
import type { Scene } from './scene.ts';
import { cases, emergencies } from './schema/cases.ts';

interface Moving {
  /** Seen by officers. */
  messages: readonly Id[];
  /** Under seal these go too, seen by the resident alone. */
  formTurns: readonly Id[];
  /** Words of the case that no message holds, indexed with its first. */
  alsoIndexed?: string;
}

/** Puts messages into a case's thread; under seal all that belongs to its form leaves the conversation's. */
export function moveAll(parts: Parts, scene: Scene, file: CaseRow, { messages, formTurns, alsoIndexed = '' }: Moving): void {
  const sealed = file.sealed === 1;
  const shown = new Set(messages);
  let extra = alsoIndexed;
  let lastSeq = 0;
  for (const id of messages) {
    const row = moveOne(parts, scene, file, id, false);
    if (!row) continue;
    if (row.direction === 'in') lastSeq = Math.max(lastSeq, row.seq);
    if (sealed) continue;
    const words = parts.messages.body(parts.messages.byId(id) ?? row).text;
    if (row.case_id !== null) parts.search.remove(row.seq);
    parts.search.add(row.seq, file.station, extra === '' ? words : `${words}\n${extra}`);
    extra = '';
  }
  if (sealed) {
    for (const id of formTurns) if (!shown.has(id)) moveOne(parts, scene, file, id, true);
    parts.emptyLog();
  }
  if (lastSeq > 0) heardFrom(parts, file.id, lastSeq);
}

/** A message of this conversation goes into a case; what was answered to it goes along where the case is sealed. What lies in another case under seal stays there. */
function moveOne(parts: Parts, scene: Scene, file: CaseRow, id: Id, hidden: boolean) {
  const lies = parts.messages.byId(id)?.case_id ?? file.id;
  if (lies !== file.id && parts.caseRows.orThrow(lies).sealed === 1) return undefined;
  const row = parts.messages.moveInto(file, id, hidden);
  if (!row || file.sealed !== 1) return row;
  if (id === scene.inbound?.id) scene.inboundSealedInto = file.id;
  for (const reply of parts.messages.replies(id)) {
    const before = parts.messages.byId(reply);
    if (before && before.case_id !== file.id) parts.messages.moveInto(file, reply, true);
  }
  // An alarm raised by words that are now about police is inspection's.
  parts.db.update(emergencies).set({ toInspection: 1 }).where(eq(emergencies.message, id)).run();
  return row;
}

/** Where the case's later messages lie: whether the resident has written since the desk last looked. */
function heardFrom(parts: Parts, id: string, seq: number): void {
  const row = parts.caseRows.orThrow(id);
  if (seq > row.lastInboundSeq) parts.db.update(cases).set({ lastInboundSeq: seq }).where(eq(cases.id, id)).run();
}

/** A message that lies in the case has changed: as if one more had come, yet at no place of the conversation's, which would tie the two. */
export function heardAgain(parts: Parts, id: string): void {
  const { lastInboundSeq } = parts.caseRows.orThrow(id);
  heardFrom(parts, id, lastInboundSeq + 1);
}

/** Puts messages of the conversation, this turn's among them, into a case's thread. */
export function fileMessages(parts: Parts, scene: Scene, change: Extract<Change, { do: 'fileMessages' }>): void {
  moveAll(parts, scene, parts.caseRows.orThrow(change.case), { messages: change.messages, formTurns: [] });
}

/** An ordinary case goes under seal: its tie moves into the envelopes, its search rows go, its form's turns follow it. */
export function sealCase(parts: Parts, scene: Scene, change: Extract<Change, { do: 'seal' }>): void {
  const { db, keys } = parts;
  const row = parts.caseRows.orThrow(change.case);
  if (row.sealed === 1) return;
  const conversation = row.conversation;
  const sealed: CaseRow = { ...row, sealed: 1, conversation: null };
  db.update(cases).set({ sealed: 1, conversation: null }).where(eq(cases.id, row.id)).run();
  if (change.subjects) parts.caseRows.patch(row, { subjects: change.subjects }, {});
  if (conversation !== null) {
    parts.ties.tie(row, conversation);
    remember(parts, scene, conversation, row.id);
  }
  const thread = parts
    .statement<[Id], { seq: number; id: Id; hidden: number }>('select seq, id, hidden from messages where case_id = ?')
    .all(row.id);
  for (const { seq, id, hidden } of thread) {
    parts.search.remove(seq);
    moveOne(parts, scene, sealed, id, hidden === 1);
  }
  const { formTurns } = keys.openJson<KeptContent>(whereInCase.content(row.id), row.content);
  const inThread = new Set(thread.map(({ id }) => id));
  for (const id of formTurns) if (!inThread.has(id)) moveOne(parts, scene, sealed, id, true);
  db.update(emergencies).set({ toInspection: 1 }).where(eq(emergencies.case, row.id)).run();
  parts.emptyLog();
}

/** The conversation's own envelope lists the case: in this turn's copy where it is its turn, else in its row. */
function remember(parts: Parts, scene: Scene, id: Id, sealedCase: Id): void {
  if (scene.conversation?.id === id) {
    scene.filedSealed.push(sealedCase);
    return;
  }
  const conversation = parts.conversations.byId(id);
  if (!conversation) return;
  conversation.memory = { ...conversation.memory, sealedCases: [...new Set([...conversation.memory.sealedCases, sealedCase])] };
  parts.conversations.save(conversation, scene.chance.now);
}

/** What search finds a case by moves with it to another station. */
export function indexAgain(parts: Parts, row: CaseRow, station: Id): void {
  if (row.sealed === 1) return;
  const content = parts.keys.openJson<KeptContent>(whereInCase.content(row.id), row.content);
  let extra = wordsOfCase(content);
  const thread = parts
    .statement<[Id], { seq: number; id: Id; body: Buffer }>(
      "select seq, id, body from messages where case_id = ? and (direction = 'in' or (hidden = 0 and from_kind = 'officer')) order by seq",
    )
    .all(row.id);
  for (const message of thread) {
    parts.search.remove(message.seq);
    parts.search.add(message.seq, station, `${parts.messages.body(message).text}\n${extra}`);
    extra = '';
  }
}

/** A message with other words is found by those; in an ordinary case's thread, with what the case says besides. */
export function indexEdited(parts: Parts, id: Id): void {
  const row = parts.messages.byId(id);
  const file = row?.case_id == null ? undefined : parts.caseRows.orThrow(row.case_id);
  if (!row || !file || file.sealed === 1) return;
  const content = parts.keys.openJson<KeptContent>(whereInCase.content(file.id), file.content);
  parts.search.remove(row.seq);
  // Which of its messages carried them is not known here: twice does no harm, never would.
  parts.search.add(row.seq, file.station, `${parts.messages.body(row).text}\n${wordsOfCase(content)}`);
}

const wordsOfCase = ({ summary, answers }: KeptContent): string => [summary, ...answers.map(({ shown }) => shown)].join('\n');

import { type Id, idFrom } from '../../domain/chance.ts';
import type { Outbound, Saying } from '../../domain/message.ts';
import type { Render } from '../store.ts';
import type { CaseRow } from './case-row.ts';
import { offer } from './offered.ts';
import { laneOf, lanesOf, type Owed } from './outbox.ts';
import type { Parts } from './parts.ts';
import type { Scene } from './scene.ts';

/** Owes what a decision says, in the resident's language; answers what this run may send at once. `isHeldUp`: asked before, where the turn hands back what waited. */
export function say(parts: Parts, scene: Scene, sayings: readonly Saying[], render: Render, isHeldUp?: boolean): Outbound[] {
  const { now } = scene.chance;
  const heldUp = new Map<Id, boolean>();
  const leased: Outbound[] = [];
  const heirs = new Map<string, { lane: string; name: string; seq: number }>();
  for (const [nth, saying] of sayings.entries()) {
    const owed = owedFor(parts, scene, saying, nth, render);
    const lane = laneOf(owed);
    const { to } = owed;
    // Asked before any of these is owed: what one decision says goes together.
    if (to && !heldUp.has(to.id))
      heldUp.set(to.id, isHeldUp ?? (parts.outbox.isHeldUp(lanesOf(to), now) || parts.waiting.held(to) !== undefined));
    const { outbound, seq, id } = parts.outbox.owe(owed, now, to !== undefined && heldUp.get(to.id) === false);
    if (outbound) leased.push(outbound);
    else parts.touched.outbox = true;
    if (saying.by) scene.made = id;
    if (scene.numbered && scene.conversation && offer(scene.conversation, { seq, body: owed.body })) scene.changed = true;
    indexWords(parts, owed, seq, saying);
    const { replaces: name } = saying;
    const place = `${lane}/${name}`;
    if (lane !== null && name !== undefined && !heirs.has(place)) heirs.set(place, { lane, name, seq });
  }
  // What gives way may already have been read by a page that pulls: its heirs come after it, where that page looks next.
  for (const { lane, name, seq } of heirs.values()) parts.waiting.giveWay(lane, name, seq);
  return leased;
}

function owedFor(parts: Parts, scene: Scene, saying: Saying, nth: number, render: Render): Owed {
  const row = threadOf(parts, scene, saying);
  const to = scene.conversation ?? residentOf(parts, row?.id ?? scene.about);
  const locale = to?.locale ?? row?.locale ?? 'zh-CN';
  const purpose = purposeOf(scene, saying);
  return {
    id: idFrom(scene.chance, `outbound/${nth}`),
    to,
    within: row && { id: row.id, key: row.key, sealed: row.sealed === 1, station: row.station },
    // Said under seal only because the words it answers went there: the resident's, not the case's.
    hidden: row !== undefined && (saying.private === true || (saying.case !== row.id && scene.about !== row.id)),
    body: render(saying, locale),
    ...(saying.secret !== undefined && { secret: saying.secret }),
    ...(scene.inbound && { inReplyTo: row?.sealed === 1 ? parts.messages.replyMark(scene.inbound.id) : scene.inbound.id }),
    ...(saying.at !== undefined && { notBefore: saying.at }),
    ...(saying.replaces !== undefined && { replaces: saying.replaces }),
    ...(purpose !== undefined && { purpose }),
  };
}

/** The case whose thread it stands in: its own; under seal also that of the turn or act it answers, for the conversation's would tie the two. */
function threadOf(parts: Parts, scene: Scene, saying: Saying): CaseRow | undefined {
  if (saying.case !== undefined) return parts.caseRows.orThrow(saying.case);
  if (scene.inboundSealedInto !== undefined) return parts.caseRows.orThrow(scene.inboundSealedInto);
  const about = scene.about === undefined ? undefined : parts.caseRows.orThrow(scene.about);
  return about?.sealed === 1 || (about && about.conversation === null) ? about : undefined;
}

function residentOf(parts: Parts, id: Id | undefined) {
  const conversation = id === undefined ? undefined : parts.ties.conversationOf(id);
  return conversation === undefined ? undefined : parts.conversations.byId(conversation);
}

function purposeOf(scene: Scene, saying: Saying): string | undefined {
  if (saying.case !== undefined && scene.answered.has(saying.case)) return 'answer';
  if (saying.by) return 'officer';
  return scene.promise;
}

function indexWords(parts: Parts, { within }: Owed, seq: number, saying: Saying): void {
  if (saying.by && within && !within.sealed) parts.search.add(seq, within.station, saying.by.text);
}

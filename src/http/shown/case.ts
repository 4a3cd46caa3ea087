import type { z } from 'zod';
import type { CaseEvent, CaseFile, EventActor } from '../../domain/case.ts';
import { unitById } from '../../domain/catalogue.ts';
import type { Media } from '../../domain/message.ts';
import { caseActs } from '../../domain/moves.ts';
import type { Officer } from '../../domain/officer.ts';
import { mayDo } from '../../domain/policy.ts';
import type { CaseLine, CaseMessage, CaseView } from '../../store/store.ts';
import type * as views from '../views/case.ts';
import { iso, type Reader, topicShown, unitShown } from './reader.ts';

/** A line of the queue. */
export function lineShown(line: CaseLine, reader: Reader): views.CaseLineView {
  const owner = line.ownerUsername === undefined ? undefined : reader.named(line.ownerUsername);
  return {
    ...headShown(line.file, line.summary, owner, reader),
    unread: line.unread,
    delivery: line.delivery ?? null,
    alias: line.file.alias,
  };
}

/** A whole case, with what its reader may do next. */
export function caseShown(view: CaseView, by: Officer, reader: Reader, now: number): views.CaseView {
  const { file } = view;
  return {
    ...headShown(file, view.summary, view.owner, reader),
    resident: view.resident,
    named: view.named ?? null,
    answers: view.answers.map(({ step, asked, shown }) => ({ step, asked, shown })),
    messages: view.messages.map(messageShown),
    events: view.events.map((event) => eventShown(event, reader)),
    notes: view.notes.map(({ id, at, officer, text }) => ({ id, at: iso(at), by: reader.officer(officer)?.publicName ?? '', text })),
    attachments: view.messages.flatMap(({ media }) => media.map(mediaShown)),
    reopened: file.reopened,
    answeredAt: file.answeredAt === undefined ? null : iso(file.answeredAt),
    closedAt: file.closedAt === undefined ? null : iso(file.closedAt),
    may: caseActs.filter((act) => mayDo(act, by, file, reader.catalogue, now).may),
  };
}

function headShown(file: CaseFile, summary: string, owner: Officer | undefined, reader: Reader) {
  return {
    reference: file.reference,
    kind: file.kind,
    about: file.about ?? null,
    topic: topicShown(file.topic, reader),
    status: file.status,
    outcome: file.outcome ?? null,
    confirmation: file.confirmation ?? null,
    finding: file.finding ?? null,
    spared: file.spared ?? null,
    sealed: file.sealed,
    version: file.version,
    unit: unitShown(file.unit, reader),
    area: file.area ?? null,
    assignee: owner ? { username: owner.username, publicName: owner.publicName } : null,
    openedAt: iso(file.openedAt),
    due: dueShown(file),
    summary,
  };
}

function dueShown({ dueAt, dueWhy }: CaseFile): z.infer<typeof views.dueView> | null {
  if (dueAt === undefined) return null;
  return {
    at: iso(dueAt),
    why: dueWhy
      ? { ...dueWhy, from: iso(dueWhy.from), skipped: dueWhy.skipped.map((day) => ({ ...day })), makeUp: [...dueWhy.makeUp] }
      : null,
  };
}

export function messageShown(message: CaseMessage): views.MessageView {
  const { delivery } = message;
  return {
    id: message.id,
    at: iso(message.at),
    from: message.from,
    signature: message.signature ?? null,
    text: message.text,
    edits: [...message.edits],
    media: message.media.map(mediaShown),
    delivery: delivery ? { ...delivery, at: iso(delivery.at), reason: delivery.reason ?? null } : null,
  };
}

const mediaShown = ({ id, kind, mime, bytes, state, why }: Pick<Media, 'id' | 'kind' | 'mime' | 'bytes' | 'state' | 'why'>) => ({
  id,
  kind,
  mime: mime ?? null,
  bytes: bytes ?? null,
  state,
  why: why ?? null,
});

export const eventShown = ({ seq, verb, at, actor, reason, data }: CaseEvent, reader: Reader): views.EventView => ({
  seq,
  verb,
  at: iso(at),
  by: actorShown(actor, reader),
  reason: reason ?? null,
  data: Object.fromEntries(Object.entries(data ?? {}).map(([name, value]) => [name, factShown(value, reader)])),
});

/** Accounts and units are named as people know them, never by their ids. */
const factShown = (value: string | number | boolean, reader: Reader): string | number | boolean => {
  if (typeof value !== 'string') return value;
  const officer = reader.officer(value);
  if (officer) return officer.publicName;
  return unitById(reader.catalogue, value) ? unitShown(value, reader).label : value;
};

const actorShown = (actor: EventActor, reader: Reader): string =>
  actor.kind === 'officer' ? (reader.officer(actor.officer)?.publicName ?? '') : actor.kind;

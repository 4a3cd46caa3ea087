import { eq } from 'drizzle-orm';
import type { CaseEvent, EventActor } from '../../domain/case.ts';
import { type Id, idFrom } from '../../domain/chance.ts';
import type { Change } from '../../domain/decision.ts';
import { present } from './absent.ts';
import { whereInCase } from './case-row.ts';
import type { Parts } from './parts.ts';
import { keepDueHistory } from './promises.ts';
import type { Scene } from './scene.ts';
import { caseEvents, notes } from './schema/cases.ts';
import { indexAgain } from './sealing.ts';

type EventChange = Extract<Change, { do: 'event' }>;

/** Something happened to a case: the event, the head it changes, the audit entry. */
export function addEvent(parts: Parts, scene: Scene, change: EventChange): void {
  const { keys, caseRows } = parts;
  const { chance } = scene;
  const row = caseRows.orThrow(change.case);
  const version = change.quiet ? row.version : row.version + 1;
  const id = idFrom(chance, `event/${change.case}/${change.verb}/${version}/${row.updatedSeq}`);
  const { lastInsertRowid } = parts
    .statement(
      'insert into case_events (id, case_id, version, verb, actor_kind, actor, at, reason_code, reason, data) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(
      id,
      row.id,
      version,
      change.verb,
      change.actor.kind,
      change.actor.kind === 'officer' ? change.actor.officer : null,
      chance.now,
      change.reasonCode ?? null,
      change.reason === undefined ? null : keys.seal(row.key, whereInCase.reason(id), change.reason),
      change.data ? JSON.stringify(change.data) : null,
    );
  const seq = Number(lastInsertRowid);
  caseRows.patch(row, change.patch ?? {}, {
    version,
    updatedSeq: seq,
    ...(change.actor.kind === 'officer' && { lastReadSeq: row.lastInboundSeq }),
  });
  if (change.patch && 'dueAt' in change.patch && (change.patch.dueAt ?? null) !== row.dueAt) keepDueHistory(parts, row.id, change.patch);
  if (change.patch?.station !== undefined && change.patch.station !== row.station) indexAgain(parts, row, change.patch.station);
  parts.audit({
    chain: change.patch?.station ?? row.station,
    actor: actorName(change.actor),
    verb: change.verb,
    subject: row.reference,
    version,
    ...(change.reasonCode !== undefined && { reasonCode: change.reasonCode }),
    change,
    key: keys.key(row.key).bytes,
  });
  parts.touched.feed = true;
  scene.touchedCase = row.id;
  if (change.verb === 'answered') scene.answered.add(row.id);
}

export function addNote(parts: Parts, scene: Scene, change: Extract<Change, { do: 'note' }>): void {
  const row = parts.caseRows.orThrow(change.case);
  const id = idFrom(scene.chance, `note/${row.id}/${change.text}`);
  parts.db
    .insert(notes)
    .values({
      id,
      case: row.id,
      officer: change.officer,
      at: scene.chance.now,
      text: parts.keys.seal(row.key, whereInCase.note(id), change.text),
    })
    .run();
  scene.made = id;
}

/** Opening contact details leaves an entry; the details themselves are read apart. */
export function openContact(parts: Parts, scene: Scene, change: Extract<Change, { do: 'openContact' }>): void {
  const row = parts.caseRows.orThrow(change.case);
  parts.audit({
    chain: row.station,
    actor: scene.actor,
    verb: 'contact-opened',
    subject: row.reference,
    version: row.version,
    reasonCode: change.reasonCode,
  });
}

export const actorName = (actor: EventActor): string => (actor.kind === 'officer' ? actor.officer : actor.kind);

/** The events of a case after a version, oldest first, with their reasons opened; numbered within the case. */
export function eventsOf(parts: Parts, id: Id, afterVersion = -1): CaseEvent[] {
  return parts.db
    .select()
    .from(caseEvents)
    .where(eq(caseEvents.case, id))
    .orderBy(caseEvents.seq)
    .all()
    .map((row, before) => ({ ...row, seq: before + 1 }))
    .filter(({ version }) => version > afterVersion)
    .map((row) =>
      present({
        id: row.id,
        seq: row.seq,
        case: row.case,
        version: row.version,
        verb: row.verb,
        actor: row.actorKind === 'officer' ? { kind: 'officer' as const, officer: row.actor ?? '' } : { kind: row.actorKind },
        at: row.at,
        reason: row.reason && parts.keys.openText(whereInCase.reason(row.id), row.reason),
        data: row.data,
      }),
    );
}

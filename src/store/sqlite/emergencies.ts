import { and, desc, eq, isNull } from 'drizzle-orm';
import { type Id, lettersFrom } from '../../domain/chance.ts';
import type { Change } from '../../domain/decision.ts';
import { covers } from '../../domain/policy.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { EmergencyLine } from '../store.ts';
import { present } from './absent.ts';
import { fileOf } from './case-row.ts';
import type { Parts } from './parts.ts';
import type { Scene } from './scene.ts';
import { emergencies } from './schema/cases.ts';

type Row = typeof emergencies.$inferSelect;

const ALIAS_LETTERS = 4;
const MOST_SHOWN = 200;

/** Opens an entry that stays until a person has acknowledged it. */
export function raiseEmergency(parts: Parts, scene: Scene, change: Extract<Change, { do: 'raiseEmergency' }>): void {
  if (!scene.inbound) throw new Error('no-words-raised-it');
  // Words of a case that were changed are that case's.
  const edited = scene.wordsIn === undefined ? undefined : (parts.messages.byId(scene.wordsIn)?.case_id ?? undefined);
  const about = change.case ?? edited;
  const aboutCase = about === undefined ? undefined : parts.caseRows.orThrow(about);
  parts.db
    .insert(emergencies)
    .values({
      id: change.id,
      level: change.level,
      message: scene.wordsIn ?? scene.inbound.id,
      case: about ?? null,
      station: change.case === undefined && aboutCase ? aboutCase.station : change.station,
      toInspection: change.toInspection || aboutCase?.sealed === 1 ? 1 : 0,
      alias: aboutCase?.alias ?? lettersFrom(scene.chance, `emergency/${change.id}`, ALIAS_LETTERS),
      rule: change.rule,
      ruleDate: change.ruleDate,
      raisedAt: scene.chance.now,
    })
    .run();
  parts.touched.emergencies = true;
}

/** Whether danger to life was named in a case, or in words that went into it. */
export const dangerIn = (parts: Parts, id: Id): boolean =>
  parts
    .statement<[Id, Id], unknown>(
      `select 1 from emergencies where level = 'now' and case_id = ?
       union all select 1 from messages m join emergencies e on e.message = m.id where m.case_id = ? and e.level = 'now' limit 1`,
    )
    .get(id, id) !== undefined;

/** Those routed to the reader, newest first; of a case the reader may not see, none. */
export function findEmergencies(parts: Parts, scope: CaseScope, open: boolean): EmergencyLine[] {
  return parts.db
    .select()
    .from(emergencies)
    .where(open ? isNull(emergencies.acknowledgedAt) : undefined)
    .orderBy(desc(emergencies.raisedAt))
    .limit(MOST_SHOWN)
    .all()
    .filter((row) => isRoutedTo(parts, scope, row))
    .map((row) => lineOf(parts, row));
}

/** False where it is not the reader's to see; an earlier acknowledgement stands. */
export function acknowledgeEmergency(parts: Parts, scope: CaseScope, officer: Id, id: Id): boolean {
  const row = emergencyById(parts, id);
  if (!row || !isRoutedTo(parts, scope, row)) return false;
  if (row.acknowledgedAt !== null) return true;
  parts.db
    .update(emergencies)
    .set({ acknowledgedBy: officer, acknowledgedAt: parts.now() })
    .where(and(eq(emergencies.id, id), isNull(emergencies.acknowledgedAt)))
    .run();
  parts.audit({ chain: row.station, actor: officer, verb: 'emergency-acknowledged', subject: id });
  parts.touched.emergencies = true;
  return true;
}

/** Whether it is the reader's to know of. */
export function isEmergencyInReach(parts: Parts, scope: CaseScope, id: Id): boolean {
  const row = emergencyById(parts, id);
  return row !== undefined && isRoutedTo(parts, scope, row);
}

const emergencyById = ({ db }: Parts, id: Id): Row | undefined => db.select().from(emergencies).where(eq(emergencies.id, id)).get();

function isRoutedTo(parts: Parts, scope: CaseScope, row: Row): boolean {
  if (!scope.stations.includes(row.station)) return false;
  if (row.toInspection === 1 && scope.sealed !== 'all') return false;
  const file = row.case === null ? undefined : parts.caseRows.byId(row.case);
  return file === undefined || covers(scope, fileOf(file));
}

function lineOf(parts: Parts, row: Row): EmergencyLine {
  const message = parts.messages.byId(row.message);
  const file = row.case === null ? undefined : parts.caseRows.byId(row.case);
  return present({
    id: row.id,
    level: row.level,
    raisedAt: row.raisedAt,
    station: row.station,
    toInspection: row.toInspection === 1,
    reference: file?.reference,
    alias: row.alias,
    text: message ? parts.messages.body(message).text : '',
    rule: row.rule,
    acknowledgedBy: row.acknowledgedBy,
    acknowledgedAt: row.acknowledgedAt,
  });
}

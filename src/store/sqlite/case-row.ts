import { type CaseContent, type CaseFile, openStatuses } from '../../domain/case.ts';
import type { Id } from '../../domain/chance.ts';
import { present } from './absent.ts';
import type { KeyRing } from './keys.ts';
import type { cases } from './schema/cases.ts';

export type CaseRow = typeof cases.$inferSelect;

/** What is sealed in a case's `content`: with the turns of its form, which go where the case goes. */
export interface KeptContent extends CaseContent {
  formTurns: readonly Id[];
}

/** The queue's last place: nobody's to do any more. */
export const DONE_KEY = Number.MAX_SAFE_INTEGER;
/** The last place but that: open, with nothing owed at a time. */
const UNDATED_KEY = DONE_KEY - 1;

export const whereInCase = {
  summary: (id: Id): string => `cases/summary/${id}`,
  content: (id: Id): string => `cases/content/${id}`,
  contact: (id: Id): string => `cases/contact/${id}`,
  tie: (id: Id): string => `case_ties/sealed/${id}`,
  reason: (event: Id): string => `case_events/reason/${event}`,
  note: (id: Id): string => `notes/text/${id}`,
};

/** The head as rules know it. */
export function fileOf(row: CaseRow): CaseFile {
  return present({
    id: row.id,
    reference: row.reference,
    version: row.version,
    kind: row.kind,
    about: row.about,
    topic: row.topic,
    status: row.status,
    outcome: row.outcome,
    confirmation: row.confirmation,
    sealed: row.sealed === 1,
    unit: row.unit,
    station: row.station,
    teamConcerned: row.teamConcerned,
    area: row.area,
    owner: row.owner,
    subjects: row.subjects,
    alias: row.alias,
    locale: row.locale,
    openedAt: row.openedAt,
    dueAt: row.dueAt,
    dueWhy: row.dueWhy,
    answeredAt: row.answeredAt,
    closedAt: row.closedAt,
    reopened: row.reopened,
    handedBack: row.handedBack,
    domesticViolence: row.domesticViolence === 1,
    firstAnsweredAt: row.firstAnsweredAt,
    finding: row.finding,
    spared: row.spared,
    lastEventSeq: row.updatedSeq,
  });
}

/** The columns a head fills, but for its id, its version and its seal, which only their own changes touch. */
export function columnsOf(file: CaseFile) {
  const open = openStatuses.some((status) => status === file.status);
  return {
    kind: file.kind,
    about: file.about ?? null,
    topic: file.topic ?? null,
    status: file.status,
    open: open ? 1 : 0,
    outcome: file.outcome ?? null,
    confirmation: file.confirmation ?? null,
    unit: file.unit,
    station: file.station,
    teamConcerned: file.teamConcerned ?? null,
    area: file.area ?? null,
    owner: file.owner ?? null,
    subjects: file.subjects,
    alias: file.alias,
    locale: file.locale,
    openedAt: file.openedAt,
    dueAt: file.dueAt ?? null,
    dueKey: open ? (file.dueAt ?? UNDATED_KEY) : DONE_KEY,
    dueWhy: file.dueWhy ?? null,
    answeredAt: file.answeredAt ?? null,
    closedAt: file.closedAt ?? null,
    reopened: file.reopened,
    handedBack: file.handedBack,
    domesticViolence: file.domesticViolence ? 1 : 0,
    firstAnsweredAt: file.firstAnsweredAt ?? null,
    finding: file.finding ?? null,
    spared: file.spared ?? null,
  };
}

/** What the case says, opened. */
export function contentOf(keys: KeyRing, row: Pick<CaseRow, 'id' | 'content'>): CaseContent {
  const { formTurns: _formTurns, ...content } = keys.openJson<KeptContent>(whereInCase.content(row.id), row.content);
  return content;
}

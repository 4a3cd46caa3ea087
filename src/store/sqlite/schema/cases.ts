import { sql } from 'drizzle-orm';
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { CaseFile, CaseVerb, DueWhy } from '../../../domain/case.ts';
import type { PromiseKind } from '../../../domain/decision.ts';
import { officers } from './accounts.ts';
import { units } from './catalogue.ts';
import { conversations, keys } from './talk.ts';

/** Heads of cases in clear, as queues and policy need them; what was said under the case's own key. */
export const cases = sqliteTable(
  'cases',
  {
    id: text('id').primaryKey(),
    reference: text('reference').notNull(),
    codeDigest: blob('code_digest', { mode: 'buffer' }).notNull(),
    alias: text('alias').notNull(),
    kind: text('kind').$type<CaseFile['kind']>().notNull(),
    about: text('about').$type<NonNullable<CaseFile['about']>>(),
    topic: text('topic'),
    topicVersion: integer('topic_version'),
    /** The topic's labels as they were at filing. */
    topicLabels: text('topic_labels', { mode: 'json' }).$type<Readonly<Record<string, string>>>(),
    status: text('status').$type<CaseFile['status']>().notNull(),
    /** 1 while the status is one of `openStatuses`. */
    open: integer('open').notNull(),
    outcome: text('outcome').$type<NonNullable<CaseFile['outcome']>>(),
    confirmation: text('confirmation').$type<NonNullable<CaseFile['confirmation']>>(),
    version: integer('version').notNull(),
    sealed: integer('sealed').notNull(),
    unit: text('unit')
      .notNull()
      .references(() => units.id),
    station: text('station')
      .notNull()
      .references(() => units.id),
    teamConcerned: text('team_concerned').references(() => units.id),
    area: text('area'),
    owner: text('owner').references(() => officers.id),
    subjects: text('subjects', { mode: 'json' }).$type<CaseFile['subjects']>().notNull(),
    /** Null where sealed, and where a case was opened at the counter. */
    conversation: text('conversation').references(() => conversations.id),
    locale: text('locale').notNull(),
    openedAt: integer('opened_at').notNull(),
    dueAt: integer('due_at'),
    /** What the queue sorts by: `due_at`, later than any where nothing is owed, last of all where it is nobody's to do any more. */
    dueKey: integer('due_key').notNull(),
    dueWhy: text('due_why', { mode: 'json' }).$type<DueWhy>(),
    answeredAt: integer('answered_at'),
    closedAt: integer('closed_at'),
    reopened: integer('reopened').notNull(),
    handedBack: integer('handed_back').notNull(),
    domesticViolence: integer('domestic_violence').notNull(),
    firstAnsweredAt: integer('first_answered_at'),
    spared: text('spared').$type<NonNullable<CaseFile['spared']>>(),
    finding: text('finding').$type<NonNullable<CaseFile['finding']>>(),
    updatedSeq: integer('updated_seq').notNull(),
    lastInboundSeq: integer('last_inbound_seq').notNull().default(0),
    lastReadSeq: integer('last_read_seq').notNull().default(0),
    key: text('key')
      .notNull()
      .references(() => keys.id),
    summary: blob('summary', { mode: 'buffer' }).notNull(),
    content: blob('content', { mode: 'buffer' }).notNull(),
    contact: blob('contact', { mode: 'buffer' }),
    legalHold: integer('legal_hold').notNull().default(0),
  },
  (table) => [
    uniqueIndex('cases_reference').on(table.reference),
    // Each holds all that a filter or a scope asks for: a page and its count read no row that is not shown.
    index('cases_due').on(
      table.station,
      table.dueKey,
      table.id,
      table.sealed,
      table.status,
      table.kind,
      table.about,
      table.teamConcerned,
      table.unit,
      table.owner,
      table.topic,
      table.area,
    ),
    index('cases_opened').on(
      table.station,
      table.openedAt,
      table.id,
      table.dueKey,
      table.sealed,
      table.status,
      table.kind,
      table.about,
      table.teamConcerned,
      table.unit,
      table.owner,
      table.topic,
      table.area,
    ),
    index('cases_updated').on(
      table.station,
      table.updatedSeq,
      table.id,
      table.dueKey,
      table.sealed,
      table.status,
      table.kind,
      table.about,
      table.teamConcerned,
      table.unit,
      table.owner,
      table.topic,
      table.area,
    ),
    index('cases_sealed')
      .on(
        table.station,
        table.dueKey,
        table.id,
        table.sealed,
        table.status,
        table.kind,
        table.about,
        table.teamConcerned,
        table.unit,
        table.owner,
        table.topic,
        table.area,
      )
      .where(sql`sealed = 1`),
    index('cases_owner').on(table.owner, table.dueKey, table.id).where(sql`owner is not null`),
    index('cases_spared').on(table.station).where(sql`spared is not null`),
    index('cases_conversation').on(table.conversation, table.id).where(sql`conversation is not null`),
  ],
);

/** When sealed, the only way from a case to its conversation: encrypted under the case's key. */
export const caseTies = sqliteTable('case_ties', {
  case: text('case_id')
    .primaryKey()
    .references(() => cases.id),
  sealed: blob('sealed', { mode: 'buffer' }).notNull(),
});

/** Those a complaint names, for the policy's WHERE. */
export const caseSubjects = sqliteTable(
  'case_subjects',
  {
    case: text('case_id')
      .notNull()
      .references(() => cases.id),
    /** An officer's or a unit's id. */
    subject: text('subject').notNull(),
    kind: text('kind', { enum: ['officer', 'unit'] }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'case_subjects_pk', columns: [table.case, table.subject] }),
    index('case_subjects_subject').on(table.subject),
  ],
);

/** What happened, in the order of the feed. */
export const caseEvents = sqliteTable(
  'case_events',
  {
    seq: integer('seq').primaryKey(),
    id: text('id').notNull(),
    case: text('case_id')
      .notNull()
      .references(() => cases.id),
    version: integer('version').notNull(),
    verb: text('verb').$type<CaseVerb>().notNull(),
    actorKind: text('actor_kind', { enum: ['resident', 'officer', 'clock'] }).notNull(),
    /** Officers only. */
    actor: text('actor').references(() => officers.id),
    at: integer('at').notNull(),
    reasonCode: text('reason_code'),
    reason: blob('reason', { mode: 'buffer' }),
    data: text('data', { mode: 'json' }).$type<Record<string, string | number | boolean>>(),
  },
  (table) => [uniqueIndex('case_events_id').on(table.id), index('case_events_case').on(table.case, table.seq)],
);

/** What officers write for each other. */
export const notes = sqliteTable(
  'notes',
  {
    id: text('id').primaryKey(),
    case: text('case_id')
      .notNull()
      .references(() => cases.id),
    officer: text('officer')
      .notNull()
      .references(() => officers.id),
    at: integer('at').notNull(),
    text: blob('text', { mode: 'buffer' }).notNull(),
  },
  (table) => [index('notes_case').on(table.case, table.at)],
);

/** What is owed, each once. */
export const promises = sqliteTable(
  'promises',
  {
    case: text('case_id')
      .notNull()
      .references(() => cases.id),
    kind: text('kind').$type<PromiseKind>().notNull(),
    nth: integer('nth').notNull(),
    dueAt: integer('due_at').notNull(),
    why: text('why', { mode: 'json' }).$type<DueWhy>(),
    keptAt: integer('kept_at'),
    /** When the clock dealt with its lateness. */
    handledAt: integer('handled_at'),
  },
  (table) => [
    primaryKey({ name: 'promises_pk', columns: [table.case, table.kind, table.nth] }),
    index('promises_due').on(table.dueAt).where(sql`kept_at is null and handled_at is null`),
    index('promises_open').on(table.dueAt).where(sql`kept_at is null`),
  ],
);

/** Each date a case was given, and why. */
export const dueHistory = sqliteTable(
  'due_history',
  {
    case: text('case_id')
      .notNull()
      .references(() => cases.id),
    seq: integer('seq').notNull(),
    dueAt: integer('due_at'),
    why: text('why', { mode: 'json' }).$type<DueWhy>(),
  },
  (table) => [primaryKey({ name: 'due_history_pk', columns: [table.case, table.seq] })],
);

/** Words about danger, until a person has acknowledged them. */
export const emergencies = sqliteTable(
  'emergencies',
  {
    id: text('id').primaryKey(),
    level: text('level', { enum: ['now', 'risk', 'mention'] }).notNull(),
    message: text('message').notNull(),
    case: text('case_id'),
    station: text('station').notNull(),
    toInspection: integer('to_inspection').notNull(),
    alias: text('alias').notNull(),
    rule: text('rule').notNull(),
    ruleDate: text('rule_date').notNull(),
    raisedAt: integer('raised_at').notNull(),
    acknowledgedBy: text('acknowledged_by').references(() => officers.id),
    acknowledgedAt: integer('acknowledged_at'),
  },
  (table) => [
    index('emergencies_open').on(table.raisedAt).where(sql`acknowledged_at is null`),
    index('emergencies_raised').on(table.raisedAt),
    index('emergencies_message').on(table.message),
    index('emergencies_case').on(table.case).where(sql`case_id is not null`),
  ],
);

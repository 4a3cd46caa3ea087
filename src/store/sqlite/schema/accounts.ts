import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Officer } from '../../../domain/officer.ts';
import { units } from './catalogue.ts';

export const officers = sqliteTable(
  'officers',
  {
    id: text('id').primaryKey(),
    username: text('username').notNull(),
    role: text('role').$type<Officer['role']>().notNull(),
    unit: text('unit')
      .notNull()
      .references(() => units.id),
    publicName: text('public_name').notNull(),
    badge: text('badge'),
    /** argon2id. */
    password: text('password').notNull(),
    oneTimeUntil: integer('one_time_until'),
    disabledAt: integer('disabled_at'),
    version: integer('version').notNull(),
  },
  (table) => [uniqueIndex('officers_username').on(table.username)],
);

export const sessions = sqliteTable(
  'sessions',
  {
    tokenDigest: text('token_digest').primaryKey(),
    officer: text('officer')
      .notNull()
      .references(() => officers.id),
    expiresAt: integer('expires_at').notNull(),
    onDuty: integer('on_duty').notNull(),
    presentUntil: integer('present_until').notNull(),
  },
  (table) => [index('sessions_officer').on(table.officer), index('sessions_expiry').on(table.expiresAt)],
);

/** What a key already did, seven days. */
export const idempotency = sqliteTable(
  'idempotency',
  {
    account: text('account').notNull(),
    route: text('route').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    reference: text('reference').notNull(),
    version: integer('version').notNull(),
    made: text('made'),
    until: integer('until').notNull(),
  },
  (table) => [
    primaryKey({ name: 'idempotency_pk', columns: [table.account, table.route, table.key] }),
    index('idempotency_until').on(table.until),
  ],
);

/** The record nobody can change unseen: one hash chain a station, kept by triggers and by a head outside. */
export const audit = sqliteTable(
  'audit',
  {
    chain: text('chain').notNull(),
    seq: integer('seq').notNull(),
    at: integer('at').notNull(),
    actor: text('actor').notNull(),
    verb: text('verb').notNull(),
    subject: text('subject').notNull(),
    version: integer('version'),
    reasonCode: text('reason_code'),
    digest: blob('digest', { mode: 'buffer' }).notNull(),
    prev: blob('prev', { mode: 'buffer' }).notNull(),
    hash: blob('hash', { mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ name: 'audit_pk', columns: [table.chain, table.seq] }), index('audit_at').on(table.at)],
);

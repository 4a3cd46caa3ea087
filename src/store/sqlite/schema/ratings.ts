import { blob, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** An encounter that may be rated: who and what it was with, as it stood then. */
export const contacts = sqliteTable(
  'contacts',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['case', 'counter', 'visit', 'phone'] }).notNull(),
    at: integer('at').notNull(),
    officer: text('officer'),
    unit: text('unit').notNull(),
    topic: text('topic'),
    case: text('case_id'),
  },
  (table) => [index('contacts_case').on(table.case)],
);

/** One-use rights to rate, by digest; used when is kept to the month only, as in the rating. */
export const invitations = sqliteTable(
  'invitations',
  {
    idDigest: blob('id_digest', { mode: 'buffer' }).primaryKey(),
    contact: text('contact')
      .notNull()
      .references(() => contacts.id),
    source: text('source').notNull(),
    /** The id itself, under the case's key: its resident is offered it again. */
    sealed: blob('sealed', { mode: 'buffer' }),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
  },
  (table) => [uniqueIndex('invitations_contact').on(table.contact)],
);

/** Never with a conversation, an invitation or a day; ids are random, so that their order tells nothing. */
export const ratings = sqliteTable(
  'ratings',
  {
    id: text('id').primaryKey(),
    officer: text('officer'),
    unit: text('unit').notNull(),
    topic: text('topic'),
    source: text('source').notNull(),
    /** `2026-07`, the station's. */
    month: text('month').notNull(),
    level: integer('level').notNull(),
    reasonsVersion: integer('reasons_version').notNull(),
    reasons: text('reasons', { mode: 'json' }).$type<readonly string[]>().notNull(),
    comment: blob('comment', { mode: 'buffer' }),
    excluded: text('excluded', { mode: 'json' }).$type<{ category: string; by: string; at: number }>(),
  },
  (table) => [index('ratings_month').on(table.month, table.id)],
);

/** The way back from a rating to what it rated, sealed under a key that can be destroyed alone. */
export const ratingTies = sqliteTable('rating_ties', {
  rating: text('rating')
    .primaryKey()
    .references(() => ratings.id),
  sealed: blob('sealed', { mode: 'buffer' }).notNull(),
});

import { blob, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { encounters } from '../../../domain/encounter.ts';
import type { Exclusion } from '../../../domain/exclusion.ts';
import { places } from '../../../domain/place.ts';
import type { Source } from '../../../domain/rating.ts';

/** A rating as it stood before it was changed. */
export interface EarlierRating {
  level: number;
  reasonsVersion: number;
  reasons: readonly string[];
}

/** An encounter that may be rated: who and what it was with, as it stood then. */
export const contacts = sqliteTable(
  'contacts',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ['case', 'met', ...places] }).notNull(),
    /** Where kind is `met`: how. */
    how: text('how', { enum: encounters }),
    at: integer('at').notNull(),
    officer: text('officer'),
    unit: text('unit').notNull(),
    topic: text('topic'),
    case: text('case_id'),
    /** How its resident was invited; null: not at all. */
    asked: text('asked').$type<Source>(),
  },
  (table) => [index('contacts_case').on(table.case)],
);

/** Rights to rate, by digest; used or not, the row goes on the day its rating can't be changed any more. */
export const invitations = sqliteTable(
  'invitations',
  {
    idDigest: blob('id_digest', { mode: 'buffer' }).primaryKey(),
    contact: text('contact')
      .notNull()
      .references(() => contacts.id),
    source: text('source').$type<Source>().notNull(),
    /** The id itself, under the case's key: its resident is offered it again. */
    sealed: blob('sealed', { mode: 'buffer' }),
    expiresAt: integer('expires_at').notNull(),
    /** Which rating it was used for, under a key that goes on that day. */
    rating: blob('rating', { mode: 'buffer' }),
  },
  (table) => [uniqueIndex('invitations_contact').on(table.contact), index('invitations_expires').on(table.expiresAt)],
);

/** Never with a conversation, an invitation or a day; ids are random, so that their order tells nothing. */
export const ratings = sqliteTable(
  'ratings',
  {
    id: text('id').primaryKey(),
    officer: text('officer'),
    unit: text('unit').notNull(),
    topic: text('topic'),
    source: text('source').$type<Source>().notNull(),
    /** `2026-07`, the station's. */
    month: text('month').notNull(),
    level: integer('level').notNull(),
    reasonsVersion: integer('reasons_version').notNull(),
    reasons: text('reasons', { mode: 'json' }).$type<readonly string[]>().notNull(),
    /** What was given before it was changed, oldest first. */
    earlier: text('earlier', { mode: 'json' }).$type<readonly EarlierRating[]>().notNull().default([]),
    comment: blob('comment', { mode: 'buffer' }),
    /** One of very many of a unit on one day, by a code anybody can scan. */
    burst: integer('burst', { mode: 'boolean' }).notNull().default(false),
    /** Left out of every figure, and by which inspector. */
    excluded: text('excluded', { mode: 'json' }).$type<{ category: Exclusion; by: string }>(),
  },
  (table) => [index('ratings_month').on(table.month, table.id)],
);

/** Low ratings of a unit that nobody asked to have looked into, since they last were; never which. */
export const lowRatings = sqliteTable('low_ratings', {
  unit: text('unit').primaryKey(),
  count: integer('count').notNull(),
  reasons: text('reasons', { mode: 'json' }).$type<Readonly<Record<string, number>>>().notNull(),
  officers: text('officers', { mode: 'json' }).$type<readonly string[]>().notNull(),
});

/** What officers say to a batch of their own ratings, and what inspection decided of it; never of one rating. */
export const ratingReplies = sqliteTable(
  'rating_replies',
  {
    id: text('id').primaryKey(),
    officer: text('officer').notNull(),
    unit: text('unit').notNull(),
    from: text('from_month').notNull(),
    to: text('to_month').notNull(),
    /** Their words, under a key of their own. */
    text: blob('text', { mode: 'buffer' }).notNull(),
    appeal: text('appeal').$type<Exclusion>(),
    decision: blob('decision', { mode: 'buffer' }),
  },
  (table) => [uniqueIndex('rating_replies_batch').on(table.officer, table.from)],
);

/** The way back from a rating to what it rated and who gave it, sealed under a key that goes on its day. */
export const ratingTies = sqliteTable(
  'rating_ties',
  {
    rating: text('rating')
      .primaryKey()
      .references(() => ratings.id),
    sealed: blob('sealed', { mode: 'buffer' }).notNull(),
    /** The end of a day: to the hour it would tell when the invitation was made. */
    until: integer('until').notNull().default(0),
  },
  (table) => [index('rating_ties_until').on(table.until)],
);

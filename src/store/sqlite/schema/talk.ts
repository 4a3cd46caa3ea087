import { sql } from 'drizzle-orm';
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Wrapped data keys; `wrapped` is null once destroyed. Ids are random, so that they tell no day. */
export const keys = sqliteTable('keys', {
  id: text('id').primaryKey(),
  of: text('of', { enum: ['conversation', 'case', 'rating', 'tie', 'reply'] }).notNull(),
  wrapped: blob('wrapped', { mode: 'buffer' }),
  wrappedBy: text('wrapped_by').notNull(),
  /** Absent for ratings, which keep no day. */
  createdAt: integer('created_at'),
  destroyedAt: integer('destroyed_at'),
});

/** One resident on one channel: found by `address_tag`, everything else about them sealed. */
export const conversations = sqliteTable(
  'conversations',
  {
    id: text('id').primaryKey(),
    channel: text('channel').notNull(),
    bot: text('bot').notNull(),
    addressTag: blob('address_tag', { mode: 'buffer' }).notNull(),
    key: text('key')
      .notNull()
      .references(() => keys.id),
    address: blob('address', { mode: 'buffer' }).notNull(),
    memory: blob('memory', { mode: 'buffer' }).notNull(),
    locale: text('locale').notNull(),
    reachable: integer('reachable').notNull(),
    /** Counts within their windows, `{ messages: [count, from, told] }`: in this row, which each turn writes anyway. */
    allowance: text('allowance').notNull(),
    touchedAt: integer('touched_at').notNull(),
  },
  (table) => [uniqueIndex('conversations_address').on(table.addressTag), index('conversations_touched').on(table.touchedAt)],
);

/** Everything said and heard: a row is dedupe key, history and delivery at once. */
export const messages = sqliteTable(
  'messages',
  {
    seq: integer('seq').primaryKey(),
    id: text('id').notNull(),
    /** HMAC of channel, bot, address and update id. */
    key: blob('key', { mode: 'buffer' }),
    /** HMAC of channel and the channel's own name of it: edits and quotes find it; no conversation is in it. */
    knownAs: blob('known_as', { mode: 'buffer' }),
    /** Null where the case is sealed. */
    conversation: text('conversation').references(() => conversations.id),
    case: text('case_id'),
    direction: text('direction', { enum: ['in', 'out'] }).notNull(),
    from: text('from_kind', { enum: ['resident', 'bot', 'officer'] }).notNull(),
    /** In a case's thread but for its resident's eyes only. */
    hidden: integer('hidden').notNull().default(0),
    body: blob('body', { mode: 'buffer' }).notNull(),
    edits: blob('edits', { mode: 'buffer' }),
    at: integer('at').notNull(),
    inReplyTo: text('in_reply_to'),
    /** Outbound only, from here on. */
    state: text('state', { enum: ['pending', 'leased', 'sent', 'waiting', 'held', 'blocked', 'failed'] }),
    /** What is sent in order: the conversation, or the sealed case; null once settled. */
    lane: text('lane'),
    channel: text('channel'),
    run: text('run'),
    leaseUntil: integer('lease_until'),
    attempts: integer('attempts').notNull().default(0),
    possiblyRepeated: integer('possibly_repeated').notNull().default(0),
    /** Its resident opened a window while it was leased: where its channel holds it, it goes again. */
    freed: integer('freed').notNull().default(0),
    dueAt: integer('due_at'),
    replaces: text('replaces'),
    secret: blob('secret', { mode: 'buffer' }),
    reason: text('reason'),
    settledAt: integer('settled_at'),
    sentAt: integer('sent_at'),
    /** `answer`, `officer`, or the promise's kind that had it said. */
    purpose: text('purpose'),
  },
  (table) => [
    uniqueIndex('messages_id').on(table.id),
    uniqueIndex('messages_key').on(table.key).where(sql`key is not null`),
    index('messages_known_as').on(table.knownAs).where(sql`known_as is not null`),
    index('messages_conversation').on(table.conversation, table.seq).where(sql`conversation is not null`),
    index('messages_case').on(table.case, table.seq).where(sql`case_id is not null`),
    index('messages_reply').on(table.inReplyTo).where(sql`in_reply_to is not null`),
    index('messages_lane').on(table.lane, table.seq).where(sql`lane is not null`),
    index('messages_pending').on(table.seq, table.dueAt, table.channel).where(sql`state = 'pending'`),
    index('messages_leased').on(table.leaseUntil, table.channel).where(sql`state = 'leased'`),
    index('messages_held').on(table.conversation, table.case).where(sql`state = 'held'`),
    index('messages_dead').on(table.state).where(sql`state = 'failed'`),
    // What officers have to look after: in the table of what was said it is the few among the many.
    index('messages_undelivered').on(table.seq, table.case).where(sql`case_id is not null and hidden = 0 and state <> 'sent'`),
    index('messages_secret').on(table.sentAt).where(sql`state = 'sent' and secret is not null`),
    index('messages_repeated').on(table.possiblyRepeated).where(sql`possibly_repeated = 1`),
  ],
);

/** Parts of an outbound that are known to be sent: a channel may need several messages for one. */
export const outboundParts = sqliteTable(
  'outbound_parts',
  {
    message: text('message').notNull(),
    /** From 0. */
    part: integer('part').notNull(),
    /** As in `messages`. */
    knownAs: blob('known_as', { mode: 'buffer' }),
  },
  (table) => [
    primaryKey({ name: 'outbound_parts_pk', columns: [table.message, table.part] }),
    index('outbound_parts_known_as').on(table.knownAs).where(sql`known_as is not null`),
  ],
);

/** Files: their own keys sealed under the conversation's or the case's. */
export const attachments = sqliteTable(
  'attachments',
  {
    id: text('id').primaryKey(),
    message: text('message').notNull(),
    conversation: text('conversation'),
    case: text('case_id'),
    kind: text('kind', { enum: ['photo', 'voice', 'audio', 'video', 'document'] }).notNull(),
    mime: text('mime'),
    bytes: integer('bytes'),
    state: text('state', { enum: ['stored', 'stub', 'gone'] }).notNull(),
    why: text('why'),
    cipherSha256: text('cipher_sha256'),
    /** `{ fileKey, shownName, fetchRef }`. */
    sealed: blob('sealed', { mode: 'buffer' }).notNull(),
    /** When it is to be pulled from its channel, which did not push it; null where there is nothing to pull. */
    pullAt: integer('pull_at'),
    /** How often that was tried. */
    pulls: integer('pulls').notNull().default(0),
  },
  (table) => [
    index('attachments_message').on(table.message),
    index('attachments_case').on(table.case).where(sql`case_id is not null`),
    index('attachments_pull').on(table.pullAt).where(sql`pull_at is not null`),
  ],
);

/** Updates nobody could read, kept seven days. */
export const rawInbound = sqliteTable(
  'raw_inbound',
  {
    key: blob('key', { mode: 'buffer' }).primaryKey(),
    sealed: blob('sealed', { mode: 'buffer' }).notNull(),
    keptUntil: integer('kept_until').notNull(),
  },
  (table) => [index('raw_inbound_kept').on(table.keptUntil)],
);

/** Tries within a window: look-ups and sign-ins, by the digest of whom they count against. */
export const allowances = sqliteTable(
  'allowances',
  {
    subjectDigest: blob('subject_digest', { mode: 'buffer' }).notNull(),
    kind: text('kind', { enum: ['lookup', 'sign-in'] }).notNull(),
    count: integer('count').notNull(),
    windowAt: integer('window_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'allowances_pk', columns: [table.subjectDigest, table.kind] }),
    index('allowances_window').on(table.windowAt),
  ],
);

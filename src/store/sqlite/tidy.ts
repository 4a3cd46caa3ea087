import { eq } from 'drizzle-orm';
import type { Parts } from './parts.ts';
import { breakTies } from './rating-ties.ts';
import { settings } from './schema/catalogue.ts';

const DAY_MS = 86_400_000;
/** How long the same update is known again. */
const KEY_KEPT_MS = 90 * DAY_MS;
/** A code that was sent can be asked for again by the channel for so long: WeChat asks three times within fifteen seconds. */
const SECRET_KEPT_MS = 60_000;
/** What is used up is kept a day longer than its longest window. */
const TRIES_KEPT_MS = DAY_MS;
const ROWS_AT_ONCE = 1_000;
const PAGES_AT_ONCE = 200;

/** Lets go of what need not be kept, and merges the search index a little; bounded, within a write. */
export function tidy(parts: Parts): void {
  const now = parts.now();
  parts.statement('delete from raw_inbound where kept_until < ?').run(now);
  parts.statement('delete from idempotency where until < ?').run(now);
  parts.statement('delete from allowances where window_at < ?').run(now - TRIES_KEPT_MS);
  parts.statement('delete from sessions where expires_at < ?').run(now);
  parts
    .statement("update messages set secret = null where state = 'sent' and secret is not null and sent_at < ?")
    .run(now - SECRET_KEPT_MS);
  forgetKeys(parts, now - KEY_KEPT_MS);
  breakTies(parts);
  parts.statement("insert into search (search, rank) values ('merge', ?)").run(PAGES_AT_ONCE);
}

/** Messages are in the order of time: each is looked at once. */
function forgetKeys(parts: Parts, before: number): void {
  const done = parts.db.select().from(settings).where(eq(settings.name, 'keys-forgotten-to')).get()?.value ?? 0;
  const last = parts
    .statement<[unknown, number, number], { seq: number | null }>(
      'select max(seq) as seq from (select seq, at from messages where seq > ? order by seq limit ?) where at < ?',
    )
    .get(done, ROWS_AT_ONCE, before)?.seq;
  if (last === null || last === undefined) return;
  parts.statement('update messages set "key" = null where seq > ? and seq <= ?').run(done, last);
  const row = { name: 'keys-forgotten-to', value: last };
  parts.db.insert(settings).values(row).onConflictDoUpdate({ target: settings.name, set: row }).run();
}

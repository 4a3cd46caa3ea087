import { statfsSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import type { StoreHealth } from '../store.ts';
import type { Parts } from './parts.ts';
import { settings } from './schema/catalogue.ts';

/** How it stands, measured now; writes a row to know that it can. */
export async function healthOf(parts: Parts): Promise<StoreHealth> {
  const writable = await parts
    .write(() => parts.db.update(settings).set({ value: parts.now() }).where(eq(settings.name, 'written-at')).run())
    .then(
      () => true,
      () => false,
    );
  const now = parts.now();
  const one = (sql: string, ...bound: number[]): number =>
    parts
      .statement<number[], number>(sql)
      .pluck()
      .get(...bound) ?? 0;
  const pending = parts
    .statement<[], { channel: string | null; count: number }>(
      `select channel, count(*) as count from (
         select channel from messages where state = 'pending' union all select channel from messages where state = 'leased') group by channel`,
    )
    .all();
  const oldest = one("select min(due_at) from messages where state = 'pending' and due_at <= ?", now);
  return {
    writable,
    outboxAge: oldest === 0 ? 0 : now - oldest,
    pendingByChannel: Object.fromEntries(pending.map(({ channel, count }) => [channel ?? '', count])),
    deadLetters: one("select count(*) from messages where state = 'failed' and reason is not 'no-channel'"),
    possiblyRepeated: one('select count(*) from messages where possibly_repeated = 1'),
    sealedWaitingUnread: one('select count(*) from cases where sealed = 1 and open = 1 and last_inbound_seq > last_read_seq'),
    promisesOverdue: one(
      'select count(*) from promises p join cases c on c.id = p.case_id where p.kept_at is null and p.due_at < ? and c.open = 1',
      now,
    ),
    freeBytes: freeBytes(parts.dataDir),
  };
}

function freeBytes(dataDir: string): number {
  const { bavail, bsize } = statfsSync(dataDir);
  return bavail * bsize;
}

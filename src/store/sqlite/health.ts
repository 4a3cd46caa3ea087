import { statfsSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import type { StoreHealth } from '../store.ts';
import type { Parts } from './parts.ts';
import { settings } from './schema/catalogue.ts';

/** What a turn with a long text takes, and then some. */
const ROOM_BYTES = 64 * 1024;

/** How it stands, measured now; writes to know that it can. */
export async function healthOf(parts: Parts): Promise<StoreHealth> {
  const writable = (await canChange(parts)) && (await canGrow(parts));
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

const canChange = (parts: Parts): Promise<boolean> =>
  parts
    .write(() => parts.db.update(settings).set({ value: parts.now() }).where(eq(settings.name, 'written-at')).run())
    .then(
      () => true,
      () => false,
    );

/** A file that may not grow takes changes to what is there and nothing new: something new is tried, and undone. */
const canGrow = (parts: Parts): Promise<boolean> =>
  parts
    .write(() => {
      parts
        .statement<[number]>('insert into raw_inbound (key, sealed, kept_until) values (randomblob(16), zeroblob(?), 0)')
        .run(ROOM_BYTES);
      throw new HasRoom();
    })
    .catch((error: unknown) => error instanceof HasRoom);

/** Thrown to undo a write that has shown what it should. */
class HasRoom extends Error {}

function freeBytes(dataDir: string): number {
  const { bavail, bsize } = statfsSync(dataDir);
  return bavail * bsize;
}

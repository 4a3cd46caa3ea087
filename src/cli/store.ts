import { type Config, keyFrom } from '../config.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';
import { OtherUser, otherOwner } from './owner.ts';

/** Opens the store beside a desk that may be running, and closes it whatever happens. Throws {@link OtherUser}. */
export async function withStore<T>(config: Config, now: () => number, use: (store: Store) => Promise<T>): Promise<T> {
  const owner = otherOwner(config.dataDir);
  if (owner !== undefined) throw new OtherUser(config.dataDir, owner);
  const store = await openSqliteStore({
    dataDir: config.dataDir,
    key: keyFrom(config),
    zone: config.zone,
    defaultStationName: config.stationName,
    now,
    serve: false,
  });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

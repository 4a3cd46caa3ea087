import { type Config, keyFrom } from '../config.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';
import type { Store } from '../store/store.ts';

/** Opens the store beside a desk that may be running, and closes it whatever happens. */
export async function withStore<T>(config: Config, now: () => number, use: (store: Store) => Promise<T>): Promise<T> {
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

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { type Adapter, START } from '../contract/store-fixtures.ts';

export const KEY = new Uint8Array(32).fill(7);

/** The SQLite store over a real file in a folder of its own. */
export async function sqliteAdapter(): Promise<Adapter & { dataDir: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tiexin-store-'));
  const clock = { now: START };
  let store: Store | undefined;
  return {
    dataDir,
    clock,
    async open({ serve = true } = {}) {
      await store?.close();
      store = await openSqliteStore({ dataDir, key: KEY, zone: 'Asia/Shanghai', serve, now: () => clock.now });
      return store;
    },
    async dispose() {
      await store?.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

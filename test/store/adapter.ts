import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { type Adapter, START } from '../contract/store-fixtures.ts';

export const KEY = new Uint8Array(32).fill(7);
const ANOTHER_KEY = new Uint8Array(32).fill(8);

/** Opens, and keeps hold of the store's own connection: a limit on pages is a connection's. */
async function watched<T>(open: () => Promise<T>): Promise<{ opened: T; connection: Database.Database }> {
  const seen: Database.Database[] = [];
  const { pragma } = Database.prototype;
  Database.prototype.pragma = function (this: Database.Database, ...given) {
    seen.push(this);
    return pragma.apply(this, given);
  };
  try {
    const opened = await open();
    return { opened, connection: seen.find(({ name }) => name.endsWith('tiexin.db'))! };
  } finally {
    Database.prototype.pragma = pragma;
  }
}

/** The SQLite store over a real file in a folder of its own. */
export async function sqliteAdapter(): Promise<Adapter & { dataDir: string; connection(): Database.Database }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tiexin-store-'));
  const clock = { now: START };
  let store: Store | undefined;
  let connection: Database.Database | undefined;
  return {
    dataDir,
    clock,
    async open({ serve = true, anotherKey = false } = {}) {
      await store?.close();
      store = undefined;
      const found = await watched(() =>
        openSqliteStore({ dataDir, key: anotherKey ? ANOTHER_KEY : KEY, zone: 'Asia/Shanghai', serve, now: () => clock.now }),
      );
      store = found.opened;
      connection = found.connection;
      return store;
    },
    connection: () => connection!,
    fill: () => void connection!.pragma(`max_page_count = ${connection!.pragma('page_count', { simple: true })}`),
    free: () => void connection!.pragma('max_page_count = 1073741823'),
    async dispose() {
      await store?.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';

/** `migrations/sqlite`, beside `src` and `dist` alike. */
export const migrationsFolder = fileURLToPath(new URL('../../../migrations/sqlite', import.meta.url));

/**
 * Brings the database to this release. The migrator opens a transaction, in which foreign keys can't be switched:
 * they are off before it, or a rebuilt table would take its children along, and checked after it.
 */
export function migrateDatabase(sqlite: Database.Database, db: BetterSQLite3Database, folder: string = migrationsFolder): void {
  const before = applied(sqlite);
  sqlite.pragma('foreign_keys = OFF');
  try {
    migrate(db, { migrationsFolder: folder });
  } catch (error) {
    throw new Error('migration-failed', { cause: error });
  } finally {
    sqlite.pragma('foreign_keys = ON');
  }
  // Reads every row: only where something was changed.
  if (applied(sqlite) === before) return;
  const broken = sqlite.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) throw new Error('migration-broke-references');
}

function applied(sqlite: Database.Database): number {
  const exists = sqlite.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get() !== undefined;
  return exists ? (sqlite.prepare<[], number>('select count(*) from __drizzle_migrations').pluck().get() ?? 0) : 0;
}

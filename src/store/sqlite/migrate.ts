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
  sqlite.pragma('foreign_keys = OFF');
  try {
    migrate(db, { migrationsFolder: folder });
  } catch (error) {
    throw new Error('migration-failed', { cause: error });
  } finally {
    sqlite.pragma('foreign_keys = ON');
  }
  const broken = sqlite.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) throw new Error('migration-broke-references');
}

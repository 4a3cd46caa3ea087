import type Database from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Catalogue } from '../../domain/catalogue.ts';
import type { Chance, Id, Instant } from '../../domain/chance.ts';
import type { Officer } from '../../domain/officer.ts';
import type { AuditChains, Entry } from './audit.ts';
import type { KeyRing } from './keys.ts';
import type { MasterKeys } from './master-keys.ts';

/** What a commit put where others look. */
export interface Touched {
  feed: boolean;
  outbox: boolean;
  emergencies: boolean;
}

/** The opened database with all that its parts share. */
export interface Core {
  sqlite: Database.Database;
  db: BetterSQLite3Database;
  dataDir: string;
  master: MasterKeys;
  keys: KeyRing;
  chains: AuditChains;
  /** This process, as leases name it. */
  run: Id;
  now(): Instant;
  chance(): Chance;
  /** A statement, prepared the first time it is asked for. */
  statement<Bound extends unknown[], Row = unknown>(sql: string): Database.Statement<Bound, Row>;
  /** Runs synchronous work in the next batch; resolves once it is on disk. */
  write<T>(work: () => T): Promise<T>;
  /** Appends to the audit chain, within the caller's write. */
  audit(entry: Omit<Entry, 'at'> & Partial<Pick<Entry, 'at'>>): void;
  /** Empties the write-ahead log once this write is committed: what went under seal leaves no earlier page behind. */
  emptyLog(): void;
  touched: Touched;
  catalogue(): Catalogue;
  officers(): ReadonlyMap<Id, Officer>;
  /** What is configured, or an account, has changed in this very write. */
  configured(): void;
}

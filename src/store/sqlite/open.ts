import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import type { Store } from '../store.ts';
import { Attachments } from './attachments.ts';
import { AuditChains } from './audit.ts';
import { AuditHeads } from './audit-heads.ts';
import { agreeWithHeads } from './audit-opening.ts';
import { Batch, isSick } from './batch.ts';
import { CaseRows } from './case-rows.ts';
import { Configured } from './configured.ts';
import { Conversations } from './conversations.ts';
import type { Touched } from './core.ts';
import { KeyRing } from './keys.ts';
import { deriveKeys, type MasterKeys } from './master-keys.ts';
import { Messages } from './messages.ts';
import { migrateDatabase } from './migrate.ts';
import { Names } from './names.ts';
import { Outbox } from './outbox.ts';
import type { Parts } from './parts.ts';
import { setPragmas } from './pragmas.ts';
import { randomBytes as pooledBytes } from './random.ts';
import { settings } from './schema/catalogue.ts';
import { SearchIndex } from './search.ts';
import { seed } from './seed.ts';
import { takeServingLock } from './serving-lock.ts';
import { Settlements } from './settle.ts';
import { storeOver } from './sqlite-store.ts';
import { statementsOf } from './statements.ts';
import { tidy } from './tidy.ts';
import { Ties } from './ties.ts';
import { Waiting } from './waiting.ts';

export interface SqliteOptions {
  dataDir: string;
  /** 32 bytes, from outside the database. */
  key: Uint8Array;
  defaultStationName?: string;
  /** IANA zone of a database that is made now. */
  zone: string;
  now?: () => number;
  randomBytes?: (count: number) => Uint8Array;
  /** Takes the lock on serving; operator commands work beside a running desk without it. */
  serve: boolean;
}

const CHANCE_BYTES = 32;
const TIDY_EVERY_MS = 60_000;

/**
 * Opens `tiexin.db` in the data folder, making and migrating it as needed.
 * Throws an Error whose message is a code: `already-serving`, `wrong-key`, `migration-failed`, `migration-broke-references`.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const unlock = options.serve ? takeServingLock(options.dataDir) : () => undefined;
  try {
    return await opened(options, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function opened(options: SqliteOptions, unlock: () => void): Promise<Store> {
  const { dataDir, key, serve, now = Date.now, randomBytes = pooledBytes } = options;
  const path = join(dataDir, 'tiexin.db');
  // Before SQLite makes it, which would let everyone on the machine read it; its log takes the same rights.
  closeSync(openSync(path, 'a', 0o600));
  const sqlite = new Database(path);
  try {
    setPragmas(sqlite);
    const db = drizzle({ client: sqlite });
    migrateDatabase(sqlite, db);
    const master = deriveKeys(key);
    checkKey(db, master);
    const configured = new Configured(sqlite, db);
    const chains = new AuditChains(sqlite, master.audit);
    const heads = new AuditHeads(dataDir, master.audit);
    const listeners = new Set<(what: Touched) => void>();
    const untouched = (): Touched => ({ feed: false, outbox: false, emergencies: false });
    let logToEmpty = false;
    const look = (): void => {
      if (configured.otherWrote()) chains.forget();
    };
    let looked = false;
    /** Asked for many times in one breath; whether another process wrote is looked at once in it. */
    const refresh = (): void => {
      if (looked) return;
      looked = true;
      setImmediate(() => {
        looked = false;
      });
      look();
    };

    const batch = new Batch(sqlite, {
      begun: look,
      mark() {
        const chainsAsTheyWere = chains.mark();
        return () => {
          chainsAsTheyWere();
          configured.forget();
        };
      },
      committed() {
        heads.moved(chains.moved());
        const what = parts.touched;
        parts.touched = untouched();
        if (logToEmpty) logToEmpty = !isLogEmptied(sqlite);
        if (what.feed || what.outbox || what.emergencies) for (const listener of listeners) listener(what);
      },
    });

    const keys = new KeyRing(sqlite, master, randomBytes);
    const conversations = new Conversations(sqlite, keys, master);
    const ties = new Ties(sqlite, keys);
    const waiting = new Waiting(sqlite);
    const names = new Names(sqlite, master);
    const attachments = new Attachments(sqlite, keys);
    const run = randomUUID();
    const statement = statementsOf(sqlite);
    const parts: Parts = {
      sqlite,
      db,
      dataDir,
      master,
      keys,
      chains,
      run,
      now,
      chance: () => ({ now: now(), bytes: randomBytes(CHANCE_BYTES) }),
      statement,
      write: (work) => batch.write(work),
      audit: (entry) => chains.append({ at: now(), ...entry }),
      emptyLog() {
        logToEmpty = true;
      },
      touched: untouched(),
      catalogue() {
        refresh();
        return configured.now().catalogue;
      },
      officers() {
        refresh();
        return configured.now().officers;
      },
      configured: () => configured.forget(),
      conversations,
      ties,
      attachments,
      names,
      messages: new Messages(sqlite, { keys, master, names, attachments }),
      caseRows: new CaseRows(db, statement),
      outbox: new Outbox(sqlite, { keys, conversations, ties, waiting, run }),
      waiting,
      settlements: new Settlements(sqlite, { keys, ties, conversations, names, waiting }),
      search: new SearchIndex(sqlite, master.search),
    };

    await batch.write(() => {
      if (isEmpty(sqlite)) seed(parts, { stationName: options.defaultStationName ?? '', zone: options.zone });
      if (serve) takeOver(parts);
      agreeWithHeads(parts, heads, serve);
    });
    heads.flush();
    // Between turns, and never in the way of one that can't be written now.
    const tidying = setInterval(() => void batch.write(() => tidy(parts)).catch(() => undefined), TIDY_EVERY_MS).unref();
    if (!serve) clearInterval(tidying);
    return storeOver(parts, {
      heads,
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close() {
        clearInterval(tidying);
        batch.close();
        heads.flush();
        sqlite.close();
        unlock();
      },
    });
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** Nothing of what went under seal stays behind in the log; false where a reader or the disk is in the way, until the next commit. */
function isLogEmptied(sqlite: Database.Database): boolean {
  try {
    return sqlite.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
  } catch (error) {
    if (isSick(error)) return false;
    throw error;
  }
}

/** A database wrapped by another key would open, and then read nothing. */
function checkKey(db: BetterSQLite3Database, { wrapName }: MasterKeys): void {
  const made = db.select().from(settings).where(eq(settings.name, 'key-name')).get();
  if (made && made.value !== wrapName) throw new Error('wrong-key');
}

const isEmpty = (sqlite: Database.Database): boolean => sqlite.prepare('select 1 from units limit 1').get() === undefined;

/** What a dead run had in hand is taken up again at once: what it was sending, and the files it was fetching. */
function takeOver(parts: Parts): void {
  parts.outbox.takeOver();
  parts.attachments.pullAllAt(parts.now());
}

import type Database from 'better-sqlite3';

/** Sets a connection up; the order matters where a comment says so. */
export function setPragmas(sqlite: Database.Database): void {
  // Waiting stops the event loop: short, and the batch tries again by itself. First, for the switch to WAL itself may have to wait.
  sqlite.pragma('busy_timeout = 100');
  sqlite.pragma('journal_mode = WAL');
  // An acknowledged message survives a power cut: fsync at each commit, shared by the whole batch.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('temp_store = MEMORY');
  // Else `insert or replace` walks past the audit's delete trigger.
  sqlite.pragma('recursive_triggers = ON');
  // What is deleted or moved under seal leaves no old bytes in free pages.
  sqlite.pragma('secure_delete = ON');
  sqlite.pragma('cache_size = -32000');
}

import type Database from 'better-sqlite3';
import { Refused } from '../../domain/refusal.ts';

interface Job {
  run: () => void;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** What must follow the transaction: put back when a part of it is undone, made known when it is on disk. */
export interface Follows {
  /** Inside the transaction, before the first job. */
  begun(): void;
  /** Remembers where things stand before a job; the answer puts them back. */
  mark(): () => void;
  committed(): void;
}

const MOST_A_BATCH = 64;
const MOST_CLASHES = 4;
const BUSY_TRIES = 100;
const BUSY_PAUSE_MS = 20;

/** Something drawn at random was taken already: the job is undone and runs again with another chance. */
export class Clash extends Error {}

/** A disk that is full, read-only or failing, a database another process holds: nothing the caller did, and it may work again later. */
const SICK = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|NOMEM|PROTOCOL)/;

export const isSick = (error: unknown): boolean => SICK.test(codeOf(error));

/** The error as the port names it. */
export function named(error: unknown): unknown {
  return isSick(error) ? new Refused('unavailable', {}, { cause: error }) : error;
}

/**
 * The one writer. Jobs that arrive together are committed together: one flush on setImmediate, a savepoint each, one fsync for all.
 * Nobody is answered before COMMIT.
 */
export class Batch {
  #waiting: Job[] = [];
  #scheduled = false;
  #busyTries = 0;
  #closed = false;
  readonly #sqlite: Database.Database;
  readonly #follows: Follows;
  readonly #begin: Database.Statement<[]>;
  readonly #commit: Database.Statement<[]>;
  readonly #savepoint: Database.Statement<[]>;
  readonly #release: Database.Statement<[]>;
  readonly #rollbackTo: Database.Statement<[]>;

  constructor(sqlite: Database.Database, follows: Follows) {
    this.#sqlite = sqlite;
    this.#follows = follows;
    this.#begin = sqlite.prepare('begin immediate');
    this.#commit = sqlite.prepare('commit');
    this.#savepoint = sqlite.prepare('savepoint job');
    this.#release = sqlite.prepare('release job');
    this.#rollbackTo = sqlite.prepare('rollback to job');
  }

  /** Resolves with what `work` returned once it is on disk. `work` is synchronous, and may run again after a clash. */
  write<T>(work: () => T): Promise<T> {
    if (this.#closed) return Promise.reject(new Refused('unavailable', { why: 'closed' }));
    return new Promise<T>((resolve, reject) => {
      let result: { value: T } | undefined;
      this.#waiting.push({
        run: () => {
          result = { value: work() };
        },
        resolve: () => result && resolve(result.value),
        reject,
      });
      this.#schedule();
    });
  }

  /** Writes what is waiting, then takes no more. */
  close(): void {
    this.#closed = true;
    while (this.#waiting.length > 0) this.#flush();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #flush(): void {
    if (this.#waiting.length === 0) return;
    try {
      this.#begin.run();
      this.#busyTries = 0;
    } catch (error) {
      this.#notBegun(error);
      return;
    }
    const jobs = this.#waiting.splice(0, MOST_A_BATCH);
    const undo = this.#follows.mark();
    const done: Job[] = [];
    let settled: (() => void)[] = [];
    try {
      this.#follows.begun();
      for (const job of jobs) {
        const failure = this.#runOne(job);
        if (failure) settled.push(() => job.reject(named(failure.error)));
        else done.push(job);
      }
      this.#commit.run();
    } catch (error) {
      this.#undoAll();
      undo();
      const unavailable = new Refused('unavailable', {}, { cause: error });
      settled = jobs.map((job) => () => job.reject(unavailable));
      for (const tell of settled) tell();
      return;
    }
    try {
      this.#follows.committed();
    } finally {
      // It is on disk, whatever a listener makes of it.
      for (const tell of settled) tell();
      for (const job of done) job.resolve();
    }
  }

  /** Another process writes: it is tried again without stopping the event loop; anything else is the disk. */
  #notBegun(error: unknown): void {
    if (codeOf(error).startsWith('SQLITE_BUSY') && this.#busyTries < BUSY_TRIES && !this.#closed) {
      this.#busyTries += 1;
      this.#scheduled = true;
      setTimeout(() => {
        this.#scheduled = false;
        this.#schedule();
      }, BUSY_PAUSE_MS);
      return;
    }
    this.#busyTries = 0;
    for (const job of this.#waiting.splice(0)) job.reject(new Refused('unavailable', {}, { cause: error }));
  }

  /** Runs a job in its savepoint; what failed there is undone alone. Throws where the whole transaction is gone. */
  #runOne(job: Job): { error: unknown } | undefined {
    for (let clashes = 0; ; clashes += 1) {
      const undo = this.#follows.mark();
      this.#savepoint.run();
      try {
        job.run();
        this.#release.run();
        return undefined;
      } catch (error) {
        // A full disk can close the transaction and show as a plain SQLITE_ERROR: look before rolling back.
        if (!this.#sqlite.inTransaction) throw error;
        this.#rollbackTo.run();
        this.#release.run();
        undo();
        if (!(error instanceof Clash) || clashes === MOST_CLASHES) return { error };
      }
    }
  }

  #undoAll(): void {
    if (!this.#sqlite.inTransaction) return;
    try {
      this.#sqlite.exec('rollback');
    } catch {
      // SQLite may have rolled back by itself in between; nothing is open then, and nothing was kept.
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

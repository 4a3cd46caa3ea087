import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Outboxed } from './telegram/judge.ts';

/** What only the database tells, read beside a desk that may be running; never what anybody said. */
export class DatabaseLook {
  readonly #sqlite: Database.Database;

  constructor(dataDir: string) {
    this.#sqlite = new Database(join(dataDir, 'tiexin.db'), { readonly: true, fileMustExist: true });
  }

  /** Messages that have still to go, and files that have still to come. */
  outstanding(): { messages: number; files: number } {
    return {
      messages: this.#count("select count(*) from messages where state in ('pending', 'leased')"),
      files: this.#count('select count(*) from attachments where pull_at is not null'),
    };
  }

  /** Rows of what came in: one for each update that was taken. */
  inbounds(): number {
    return this.#count("select count(*) from messages where direction = 'in'");
  }

  outboxed(): Outboxed {
    const lanes = this.#sqlite
      .prepare<[], { id: string; lane: string }>(
        "select id, case_id as lane from messages where direction = 'out' and conversation is null and case_id is not null",
      )
      .all();
    return {
      marked: this.#ids('possibly_repeated = 1'),
      blocked: this.#ids("state = 'blocked'"),
      sealedLanes: new Map(lanes.map(({ id, lane }) => [id, lane])),
    };
  }

  /** How many outbounds are in each state. */
  states(): Readonly<Record<string, number>> {
    const rows = this.#sqlite
      .prepare<[], { state: string; count: number }>(
        "select state, count(*) as count from messages where direction = 'out' group by state order by state",
      )
      .all();
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  close(): void {
    this.#sqlite.close();
  }

  #ids(which: string): ReadonlySet<string> {
    return new Set(this.#sqlite.prepare<[], string>(`select id from messages where direction = 'out' and ${which}`).pluck().all());
  }

  #count(sql: string): number {
    return this.#sqlite.prepare<[], number>(sql).pluck().get() ?? 0;
  }
}

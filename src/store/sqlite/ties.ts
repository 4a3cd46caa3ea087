import type Database from 'better-sqlite3';
import type { Id } from '../../domain/chance.ts';
import { whereInCase } from './case-row.ts';
import type { KeyRing } from './keys.ts';

/** From a case to its conversation: in clear where ordinary, by the sealed tie alone where sealed. */
export class Ties {
  readonly #keys: KeyRing;
  readonly #case: Database.Statement<[Id], { conversation: Id | null; sealed: number }>;
  readonly #tie: Database.Statement<[Id], Buffer>;
  readonly #insert: Database.Statement<[Id, Buffer]>;

  constructor(sqlite: Database.Database, keys: KeyRing) {
    this.#keys = keys;
    this.#case = sqlite.prepare('select conversation, sealed from cases where id = ?');
    this.#tie = sqlite.prepare<[Id], Buffer>('select sealed from case_ties where case_id = ?').pluck();
    this.#insert = sqlite.prepare('insert into case_ties (case_id, sealed) values (?, ?)');
  }

  /** Undefined for a case opened at the counter. */
  conversationOf(id: Id): Id | undefined {
    const row = this.#case.get(id);
    if (row?.sealed !== 1) return row?.conversation ?? undefined;
    const tie = this.#tie.get(id);
    return tie && this.#keys.openJson<{ conversation: Id }>(whereInCase.tie(id), tie).conversation;
  }

  /** Ties a sealed case to the conversation that filed it. */
  tie(file: { id: Id; key: Id }, conversation: Id): void {
    this.#insert.run(file.id, this.#keys.sealJson(file.key, whereInCase.tie(file.id), { conversation }));
  }
}

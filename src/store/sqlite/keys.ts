import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { Id, Instant } from '../../domain/chance.ts';
import type { MasterKeys } from './master-keys.ts';
import { type Key, open, seal, sealedUnder } from './seal.ts';

export type KeyOf = 'conversation' | 'case' | 'rating' | 'tie' | 'reply';

const KEPT_OPEN = 10_000;

/** Data keys, one for each conversation and case: in the database wrapped, in memory the last ones used. */
export class KeyRing {
  readonly #open = new Map<Id, Uint8Array>();
  readonly #find: Database.Statement<[Id], { wrapped: Buffer | null }>;
  readonly #insert: Database.Statement<[Id, KeyOf, Buffer, string, Instant | null]>;
  readonly #delete: Database.Statement<[Id]>;
  readonly #wrap: Key;
  readonly #randomBytes: (count: number) => Uint8Array;

  constructor(sqlite: Database.Database, master: MasterKeys, randomBytes: (count: number) => Uint8Array) {
    this.#find = sqlite.prepare('select wrapped from keys where id = ?');
    this.#insert = sqlite.prepare('insert into keys (id, "of", wrapped, wrapped_by, created_at) values (?, ?, ?, ?, ?)');
    this.#delete = sqlite.prepare('delete from keys where id = ?');
    this.#wrap = { id: `${master.wrapName}${master.wrapName}`, bytes: master.wrap };
    this.#randomBytes = randomBytes;
  }

  /** Nothing that lies under it can be read any more. */
  destroy(id: Id): void {
    this.#delete.run(id);
    this.#open.delete(id);
  }

  /** A new key, stored wrapped. `at` is null where even the day must not be kept. */
  create(of: KeyOf, at: Instant | null): Key {
    const key = { id: randomUUID(), bytes: Uint8Array.from(this.#randomBytes(32)) };
    this.#insert.run(key.id, of, seal(this.#wrap, `keys/wrapped/${key.id}`, key.bytes), this.#wrap.id, at);
    this.#keep(key.id, key.bytes);
    return key;
  }

  /** The key of that id, opened; throws where it was destroyed. */
  key(id: Id): Key {
    const known = this.#open.get(id);
    if (known) {
      this.#open.delete(id);
      this.#open.set(id, known);
      return { id, bytes: known };
    }
    const wrapped = this.#find.get(id)?.wrapped;
    if (!wrapped) throw new Error('key-destroyed');
    const bytes = open(this.#wrap.bytes, `keys/wrapped/${id}`, wrapped);
    this.#keep(id, bytes);
    return { id, bytes };
  }

  /** The key a blob lies under. */
  keyOf(blob: Uint8Array): Key {
    return this.key(sealedUnder(blob));
  }

  seal(key: Id | Key, where: string, plain: Uint8Array | string): Buffer {
    return seal(typeof key === 'string' ? this.key(key) : key, where, plain);
  }

  sealJson(key: Id | Key, where: string, value: unknown): Buffer {
    return this.seal(key, where, JSON.stringify(value));
  }

  /** What a blob says, by the key it names. */
  open(where: string, blob: Uint8Array): Buffer {
    return open(this.key(sealedUnder(blob)).bytes, where, blob);
  }

  openText(where: string, blob: Uint8Array): string {
    return this.open(where, blob).toString();
  }

  /** JSON that this store itself sealed there: its shape is the one it was sealed with. */
  openJson<T>(where: string, blob: Uint8Array): T {
    return JSON.parse(this.openText(where, blob)) as T;
  }

  /** The same words under another key: what a conversation hands to a case. */
  reseal(key: Id | Key, where: string, blob: Uint8Array): Buffer {
    return this.seal(key, where, this.open(where, blob));
  }

  #keep(id: Id, bytes: Uint8Array): void {
    this.#open.set(id, bytes);
    if (this.#open.size <= KEPT_OPEN) return;
    const oldest = this.#open.keys().next();
    if (!oldest.done) this.#open.delete(oldest.value);
  }
}

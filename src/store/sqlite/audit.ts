import type Database from 'better-sqlite3';
import type { Id, Instant } from '../../domain/chance.ts';
import { macOf } from './master-keys.ts';

/** What an entry tells; never content. */
export interface Entry {
  chain: Id;
  at: Instant;
  /** An officer's id, `resident`, `clock` or `command-line`. */
  actor: string;
  verb: string;
  /** A reference, a username, a code. */
  subject: string;
  version?: number;
  reasonCode?: string;
  /** What changed, in full: only its digest is kept, under the record's own key where it has one. */
  change?: unknown;
  key?: Uint8Array;
}

export interface Head {
  seq: number;
  hash: Buffer;
}

/** A head that has moved, and the first entry it moved by. */
export interface Moved extends Head {
  from: number;
}

/** A row of the chain as it is stored. */
export interface AuditRow {
  chain: string;
  seq: number;
  at: number;
  actor: string;
  verb: string;
  subject: string;
  version: number | null;
  reason_code: string | null;
  digest: Buffer;
  prev: Buffer;
  hash: Buffer;
}

/** Accounts, catalogue and the desk itself; every station has a chain of its own, by its id. */
export const DESK_CHAIN = 'desk';

const BEGINNING: Head = { seq: 0, hash: Buffer.alloc(32) };

/** Appends to the chains, inside the caller's transaction. */
export class AuditChains {
  #heads = new Map<Id, Head>();
  #written = new Map<Id, Moved>();
  readonly #begunHere = new Set<Id>();
  readonly #key: Uint8Array;
  readonly #last: Database.Statement<[Id], Head>;
  readonly #insert: Database.Statement<
    [string, number, number, string, string, string, number | null, string | null, Buffer, Buffer, Buffer]
  >;

  constructor(sqlite: Database.Database, key: Uint8Array) {
    this.#key = key;
    this.#last = sqlite.prepare('select seq, hash from audit where chain = ? order by seq desc limit 1');
    this.#insert = sqlite.prepare(
      'insert into audit (chain, seq, at, actor, verb, subject, version, reason_code, digest, prev, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
  }

  append(entry: Entry): void {
    const head = this.#heads.get(entry.chain) ?? this.#last.get(entry.chain) ?? BEGINNING;
    const digest = macOf(entry.key ?? this.#key, canonical(entry.change ?? null));
    const row: Omit<AuditRow, 'hash'> = {
      chain: entry.chain,
      seq: head.seq + 1,
      at: entry.at,
      actor: entry.actor,
      verb: entry.verb,
      subject: entry.subject,
      version: entry.version ?? null,
      reason_code: entry.reasonCode ?? null,
      digest,
      prev: head.hash,
    };
    const hash = entryHash(this.#key, row);
    this.#insert.run(row.chain, row.seq, row.at, row.actor, row.verb, row.subject, row.version, row.reason_code, digest, row.prev, hash);
    if (row.seq === 1) this.#begunHere.add(entry.chain);
    const next = { seq: row.seq, hash };
    this.#heads.set(entry.chain, next);
    this.#written.set(entry.chain, { ...next, from: this.#written.get(entry.chain)?.from ?? next.seq });
  }

  /** Remembers the heads; the answer puts them back. */
  mark(): () => void {
    const heads = new Map(this.#heads);
    const written = new Map(this.#written);
    return () => {
      this.#heads = heads;
      this.#written = written;
    };
  }

  /** How long a chain is that this process alone has written, from its first entry; else 0. */
  appended(chain: Id): number {
    return this.#begunHere.has(chain) ? (this.#heads.get(chain)?.seq ?? 0) : 0;
  }

  /** Another process may have appended: read the heads again. */
  forget(): void {
    this.#heads.clear();
  }

  /** The heads that have moved since last asked. */
  moved(): ReadonlyMap<Id, Moved> {
    const moved = this.#written;
    this.#written = new Map();
    return moved;
  }
}

/** HMAC(audit key, prev ‖ entry). */
export function entryHash(key: Uint8Array, row: Omit<AuditRow, 'hash'>): Buffer {
  const told = [row.chain, row.seq, row.at, row.actor, row.verb, row.subject, row.version, row.reason_code];
  return macOf(key, row.prev, JSON.stringify(told), row.digest);
}

/** JSON with its keys in order: the same change, the same words. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) && !ArrayBuffer.isView(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

import { timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Id } from '../../domain/chance.ts';
import type { Moved } from './audit.ts';
import { macOf } from './master-keys.ts';

/** A chain's head as it was last known outside the database. */
export interface OutsideHead {
  seq: number;
  /** Hex. */
  hash: string;
  /** The database was found shorter than this head: how long it was then. The head stays as evidence. */
  tailMissingAfter?: number;
}

const stored = z.array(
  z.object({ chain: z.string(), seq: z.number().int(), hash: z.string(), tailMissingAfter: z.number().int().optional(), mac: z.string() }),
);

const COALESCED_MS = 50;

/** The file `audit-heads` beside the database: what a database restored from an older file, or cut short, can't agree with. */
export class AuditHeads {
  readonly #file: string;
  readonly #key: Uint8Array;
  /** What this process has last known; the file may be taken away meanwhile. */
  readonly #known = new Map<Id, OutsideHead>();
  #waiting = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(dataDir: string, key: Uint8Array) {
    this.#file = join(dataDir, 'audit-heads');
    this.#key = key;
  }

  /** The heads in the file that carry our own mark. */
  read(): Map<Id, OutsideHead> {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch {
      return new Map();
    }
    const parsed = stored.safeParse(parseJson(text));
    if (!parsed.success) return new Map();
    return new Map(
      parsed.data
        .filter(({ mac, chain, seq, hash, tailMissingAfter }) => sameMark(mac, this.#mark(chain, seq, hash, tailMissingAfter)))
        .map(({ chain, seq, hash, tailMissingAfter }) => [
          chain,
          tailMissingAfter === undefined ? { seq, hash } : { seq, hash, tailMissingAfter },
        ]),
    );
  }

  /** Remembers a head that agrees with the database. */
  know(chain: Id, head: OutsideHead): void {
    this.#known.set(chain, head);
  }

  /** Takes heads that are on disk; the file follows within moments. */
  moved(heads: ReadonlyMap<Id, Moved>): void {
    if (heads.size === 0) return;
    for (const [chain, { seq, hash, from }] of heads) {
      const known = this.#known.get(chain);
      if (known?.tailMissingAfter !== undefined) continue;
      // Cut while the desk was running: it went on from an entry that was there before.
      if (known && from <= known.seq) this.#known.set(chain, { ...known, tailMissingAfter: from - 1 });
      else this.#known.set(chain, { seq, hash: hash.toString('hex') });
    }
    this.#waiting = true;
    this.#timer ??= setTimeout(() => this.flush(), COALESCED_MS).unref();
  }

  /** Notes that the database was found shorter than its head, which stays as evidence. */
  tailMissing(chain: Id, after: number): void {
    const head = this.read().get(chain);
    if (!head || head.tailMissingAfter !== undefined) return;
    this.#known.set(chain, { ...head, tailMissingAfter: after });
    this.#waiting = true;
  }

  /** Writes what is waiting: a temporary file, fsync, rename. A disk that can't take it now is tried again with the next entry. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#waiting) return;
    const heads = this.read();
    for (const [chain, head] of this.#known) {
      const before = heads.get(chain);
      // Evidence of a missing tail is never written over, and another process may have gone further.
      if (before?.tailMissingAfter === undefined && (before?.seq ?? 0) <= head.seq) heads.set(chain, head);
    }
    try {
      this.#write(heads);
      this.#waiting = false;
    } catch {
      // Still waiting: an older head is a true one too.
    }
  }

  #write(heads: ReadonlyMap<Id, OutsideHead>): void {
    const lines = [...heads].map(([chain, head]) => ({
      chain,
      ...head,
      mac: this.#mark(chain, head.seq, head.hash, head.tailMissingAfter),
    }));
    const temporary = `${this.#file}.${process.pid}`;
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeSync(file, `${JSON.stringify(lines, null, 1)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, this.#file);
    const folder = openSync(dirname(this.#file), 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }

  #mark(chain: Id, seq: number, hash: string, tailMissingAfter: number | undefined): string {
    return macOf(this.#key, 'audit-head', chain, String(seq), hash, String(tailMissingAfter ?? '')).toString('hex');
  }
}

const sameMark = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

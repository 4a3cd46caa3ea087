import { and, eq, gt } from 'drizzle-orm';
import type { Id } from '../../domain/chance.ts';
import type { Act } from '../store.ts';
import type { Parts } from './parts.ts';
import { idempotency } from './schema/accounts.ts';

export type Once = NonNullable<Act['once']>;

/** What a write made, in few words: enough to show it again as it is by then. */
export interface Made {
  reference: string;
  version: number;
  made: Id | null;
}

const KEY_KEPT_MS = 7 * 86_400_000;

/** What the same key did already; with another body it is refused. */
export function madeOnce({ db, now }: Parts, account: string, { route, key, bodyHash }: Once): Made | 'key-reused' | undefined {
  const kept = db
    .select()
    .from(idempotency)
    .where(and(eq(idempotency.account, account), eq(idempotency.route, route), eq(idempotency.key, key), gt(idempotency.until, now())))
    .get();
  return kept && kept.bodyHash !== bodyHash ? 'key-reused' : kept;
}

/** Remembers what a key did, in the write that did it. */
export function keepOnce({ db, now }: Parts, account: string, { route, key, bodyHash }: Once, { reference, version, made }: Made): void {
  const kept = { bodyHash, reference, version, made, until: now() + KEY_KEPT_MS };
  db.insert(idempotency)
    .values({ account, route, key, ...kept })
    .onConflictDoUpdate({ target: [idempotency.account, idempotency.route, idempotency.key], set: kept })
    .run();
}

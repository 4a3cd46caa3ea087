import type { AuditHeads } from './audit-heads.ts';
import type { Parts } from './parts.ts';

/**
 * Compares the chains with their heads outside as the database opens, within a write. A chain that is shorter than its head
 * has lost its tail: that is written down before anything is appended, and stays.
 * A chain without a head begins one again where the desk serves, and says so in the record.
 */
export function agreeWithHeads({ sqlite, chains, now }: Parts, heads: AuditHeads, serve: boolean): void {
  const inside = new Map(
    sqlite
      .prepare<[], { chain: string; seq: number }>('select chain, max(seq) as seq from audit group by chain')
      .all()
      .map(({ chain, seq }) => [chain, seq]),
  );
  const outside = heads.read();
  for (const [chain, head] of outside) {
    const length = inside.get(chain) ?? 0;
    if (length < head.seq) heads.tailMissing(chain, length);
    else heads.know(chain, head);
  }
  if (!serve) return;
  for (const [chain, length] of inside) {
    const isNew = length === chains.appended(chain);
    if (!outside.has(chain) && !isNew) chains.append({ chain, at: now(), actor: 'clock', verb: 'outside-head-missing', subject: chain });
  }
}

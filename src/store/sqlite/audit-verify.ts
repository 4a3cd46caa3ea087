import type Database from 'better-sqlite3';
import type { Id } from '../../domain/chance.ts';
import type { ChainState } from '../store.ts';
import { type AuditRow, entryHash } from './audit.ts';
import type { OutsideHead } from './audit-heads.ts';
import { missingTrigger } from './audit-triggers.ts';

/** Reads every chain from its beginning and says what, if anything, was done to it. */
export function verifyChains(
  sqlite: Database.Database,
  key: Uint8Array,
  outside: ReadonlyMap<Id, OutsideHead>,
): { chain: Id; state: ChainState }[] {
  const trigger = missingTrigger(sqlite);
  const inside = sqlite.prepare<[], Id>('select distinct chain from audit').pluck().all();
  const chains = [...new Set([...inside, ...outside.keys()])].sort();
  return chains.map((chain) => {
    const state = verifyChain(sqlite, key, chain, outside.get(chain));
    const better = state.is === 'whole' || state.is === 'no-outside-head';
    return { chain, state: better && trigger !== undefined ? { is: 'trigger-missing', trigger } : state };
  });
}

function verifyChain(sqlite: Database.Database, key: Uint8Array, chain: Id, outside: OutsideHead | undefined): ChainState {
  let expected = 0;
  let prev: Buffer = Buffer.alloc(32);
  let atHead: Buffer | undefined;
  for (const row of sqlite.prepare<[Id], AuditRow>('select * from audit where chain = ? order by seq').iterate(chain)) {
    expected += 1;
    const why = fault(row, expected, prev, key);
    if (why !== undefined) return { is: 'broken', at: expected, why };
    prev = row.hash;
    if (row.seq === outside?.seq) atHead = row.hash;
  }
  if (outside?.tailMissingAfter !== undefined) return { is: 'tail-missing', after: outside.tailMissingAfter };
  if (!outside) return { is: 'no-outside-head', entries: expected };
  if (expected < outside.seq) return { is: 'tail-missing', after: expected };
  if (atHead?.toString('hex') !== outside.hash) return { is: 'broken', at: outside.seq, why: 'differs-from-outside-head' };
  return { is: 'whole', entries: expected };
}

function fault(row: AuditRow, expected: number, prev: Buffer, key: Uint8Array): string | undefined {
  if (row.seq !== expected) return 'entry-missing';
  if (!row.prev.equals(prev)) return 'not-linked';
  if (!row.hash.equals(entryHash(key, row))) return 'changed';
  return undefined;
}

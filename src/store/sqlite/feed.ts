import type { Id } from '../../domain/chance.ts';
import type { FeedItem } from '../store.ts';
import { fileOf } from './caseRow.ts';
import type { Parts } from './parts.ts';

/** What changed after a place, each case's heads as they are now. */
export function readFeed(parts: Parts, after: number, limit: number): { items: FeedItem[]; last: number; oldest: number } {
  const bounds = parts
    .statement<[], { last: number | null; oldest: number | null }>(
      'select (select max(seq) from case_events) as last, (select min(seq) from case_events) as oldest',
    )
    .get();
  const events = parts
    .statement<[number, number], { seq: number; case_id: Id }>('select seq, case_id from case_events where seq > ? order by seq limit ?')
    .all(Math.min(after, Number.MAX_SAFE_INTEGER), limit);
  const rows = new Map(parts.caseRows.byIds([...new Set(events.map((event) => event.case_id))]).map((row) => [row.id, row]));
  const items = events.flatMap(({ seq, case_id }): FeedItem[] => {
    const row = rows.get(case_id);
    return row ? [{ seq, file: fileOf(row) }] : [];
  });
  const lastRead = events.length === limit ? events.at(-1)?.seq : undefined;
  return { items, last: lastRead ?? bounds?.last ?? 0, oldest: bounds?.oldest ?? 0 };
}

import type { Id, Instant } from '../../domain/chance.ts';
import { Refused } from '../../domain/refusal.ts';
import type { FeedItem, Store } from '../store.ts';
import { fileOf } from './case-row.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { Parts } from './parts.ts';

/** A mark of an earlier hour is no place to go on from: whoever was away longer reads anew. */
const MARK_KEPT_MS = 60 * 60 * 1000;

/** What changed after a place, each case's heads as they are now. */
export function readFeed(parts: Parts, after: number | string, limit: number): Awaited<ReturnType<Store['feed']>> {
  const newest = parts.statement<[], { last: number | null }>('select max(seq) as last from case_events').get()?.last ?? 0;
  const from = typeof after === 'number' ? Math.min(after, newest) : placeOfMark(parts, after, newest);
  const events = parts
    .statement<[number, number], { seq: number; case_id: Id }>('select seq, case_id from case_events where seq > ? order by seq limit ?')
    .all(from ?? newest, limit);
  const rows = new Map(parts.caseRows.byIds([...new Set(events.map((event) => event.case_id))]).map((row) => [row.id, row]));
  const now = parts.now();
  const items = events.flatMap(({ seq, case_id }): FeedItem[] => {
    const row = rows.get(case_id);
    return row ? [{ seq, mark: markOf(parts, seq, now), file: fileOf(row) }] : [];
  });
  const last = (events.length === limit ? events.at(-1)?.seq : undefined) ?? newest;
  return { items, last, mark: markOf(parts, last, now), ...(from !== undefined && { from }) };
}

/**
 * A place for outside. With the time it was given out and never twice the same: if its age were the event's,
 * or two of one place alike, whoever asks again and again would see that something happened out of sight.
 */
const markOf = ({ master }: Parts, seq: number, now: Instant): string => cursorOf(master, 'feed', [seq, now]);

/** Undefined where a mark leads nowhere (any more). */
function placeOfMark({ master, now }: Parts, mark: string, newest: number): number | undefined {
  try {
    const [seq, at] = placeOf(master, 'feed', mark, ['number', 'number']) ?? [];
    return seq !== undefined && at !== undefined && seq <= newest && now() - at < MARK_KEPT_MS ? seq : undefined;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

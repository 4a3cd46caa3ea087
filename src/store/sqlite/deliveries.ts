import { sql } from 'drizzle-orm';
import type { Id, Instant } from '../../domain/chance.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { DeliveryLine } from '../store.ts';
import { present } from './absent.ts';
import { deliveryState } from './case-desk.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { Parts } from './parts.ts';
import { withinScope } from './within.ts';

/** Sending takes seconds: what is still pending after this is worth a look. */
const PENDING_LATE_MS = 5 * 60 * 1000;

interface Row {
  seq: number;
  id: Id;
  from_kind: 'bot' | 'officer';
  channel: string | null;
  state: string;
  at: Instant;
  settled_at: Instant | null;
  reason: string | null;
  possibly_repeated: number;
  reference: string;
  station: Id;
  sealed: number;
}

/** A page of what has not reached its resident, newest first; and which of it lies under seal, for the record. */
export function findDeliveries(
  parts: Parts,
  scope: CaseScope,
  after: string | undefined,
  limit: number,
): { items: DeliveryLine[]; next?: string; sealed: { reference: string; station: Id }[] } {
  const [before] = placeOf(parts.master, 'deliveries', after, ['number']) ?? [Number.MAX_SAFE_INTEGER];
  const late = parts.now() - PENDING_LATE_MS;
  // What is meant for a later hour is not late before it; once tried, its hour had come.
  const rows = parts.db.all<Row>(
    sql`select m.seq, m.id, m.from_kind, m.channel, m.state, m.at, m.settled_at, m.reason, m.possibly_repeated,
          cases.reference, cases.station, cases.sealed
        from messages m indexed by messages_undelivered cross join cases on cases.id = m.case_id
        where m.case_id is not null and m.hidden = 0 and m.state <> 'sent' and m.seq < ${before}
          and (m.state not in ('pending', 'leased') or (m.at <= ${late} and (m.attempts > 0 or m.due_at <= ${late})))
          and ${withinScope(scope)}
        order by m.seq desc limit ${limit + 1}`,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(lineOf),
    ...(rows.length > limit && last && { next: cursorOf(parts.master, 'deliveries', [last.seq]) }),
    sealed: page.filter(({ sealed }) => sealed === 1),
  };
}

const lineOf = (row: Row): DeliveryLine =>
  present({
    reference: row.reference,
    sealed: row.sealed === 1,
    message: row.id,
    from: row.from_kind,
    channel: row.channel,
    delivery: present({
      state: deliveryState(row.state),
      at: row.settled_at ?? row.at,
      reason: row.reason,
      possiblyRepeated: row.possibly_repeated === 1,
    }),
  });

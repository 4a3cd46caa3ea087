import { and, asc, desc, eq, gt, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { openStatuses } from '../../domain/case.ts';
import { unitsBelow } from '../../domain/catalogue.ts';
import type { Id } from '../../domain/chance.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { CaseLine, CaseQuery, Store } from '../store.ts';
import { present } from './absent.ts';
import { deliveryState } from './caseDesk.ts';
import { type CaseRow, fileOf, whereInCase } from './caseRow.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { Parts } from './parts.ts';
import { cases } from './schema/cases.ts';
import { searchCases } from './searchCases.ts';
import { withinScope } from './within.ts';

export type Page = Awaited<ReturnType<Store['findCases']>>;

/** Counting stops here: "1,000+". */
export const MOST_COUNTED = 1_000;

/** A page of the queue, within the reader's scope. */
export function findCases(parts: Parts, scope: CaseScope, query: CaseQuery): Page {
  const wanted = and(withinScope(scope), ...narrowed(parts, query));
  if (query.words !== undefined && query.words.trim() !== '') return searchCases(parts, scope, { ...query, words: query.words }, wanted);
  const rows = parts.db
    .select()
    .from(cases)
    .where(and(wanted, afterPlace(query)))
    .orderBy(...orderOf(query.sort))
    .limit(query.limit + 1)
    .all();
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const counted = countUpTo(parts, wanted);
  return {
    items: page.map((row) => lineOf(parts, row)),
    ...(rows.length > query.limit && last && { next: cursorOf(placeAt(last, query.sort)) }),
    ...counted,
  };
}

function countUpTo(parts: Parts, wanted: SQL | undefined): { total: number; totalIsFloor: boolean } {
  const some = parts.db
    .select({ one: sql`1`.as('one') })
    .from(cases)
    .where(wanted)
    .limit(MOST_COUNTED + 1)
    .as('some');
  const found = parts.db.select({ count: sql<number>`count(*)` }).from(some).get()?.count ?? 0;
  return { total: Math.min(found, MOST_COUNTED), totalIsFloor: found > MOST_COUNTED };
}

/** A line of the queue. */
export function lineOf(parts: Parts, row: CaseRow): CaseLine {
  const state = parts.sqlite
    .prepare<[Id], string>(
      "select state from messages where case_id = ? and direction = 'out' and from_kind = 'officer' order by seq desc limit 1",
    )
    .pluck()
    .get(row.id);
  return present({
    file: fileOf(row),
    summary: parts.keys.openText(whereInCase.summary(row.id), row.summary),
    ownerUsername: row.owner === null ? undefined : parts.officers().get(row.owner)?.username,
    unread: row.lastInboundSeq > row.lastReadSeq,
    delivery: state === undefined || state === 'sent' ? undefined : deliveryState(state),
    updatedSeq: row.updatedSeq,
  });
}

/** What the query asks beside words; literals where a partial index must be recognised. */
function narrowed(parts: Parts, { status, kind, topic, unit, area, owner, dueBefore, sealedOnly }: CaseQuery): (SQL | undefined)[] {
  const isOpen = (wanted: string): boolean => openStatuses.some((open) => open === wanted);
  return [
    status && inArray(sql`${cases.status}`, [...status]),
    status?.every(isOpen) || dueBefore !== undefined ? sql`open = 1` : undefined,
    kind === undefined ? undefined : eq(sql`${cases.kind}`, kind),
    topic === undefined ? undefined : eq(cases.topic, topic),
    unit === undefined
      ? undefined
      : inArray(
          cases.unit,
          unitsBelow(parts.catalogue(), unit).map(({ id }) => id),
        ),
    area === undefined ? undefined : eq(cases.area, area),
    owner === undefined ? undefined : owner === null ? isNull(cases.owner) : eq(cases.owner, owner),
    dueBefore === undefined ? undefined : lt(cases.dueKey, dueBefore),
    sealedOnly ? sql`sealed = 1` : undefined,
  ];
}

const orderOf = (sort: CaseQuery['sort']): SQL[] => {
  if (sort === 'due') return [asc(cases.dueKey), asc(cases.id)];
  return sort === 'opened' ? [desc(cases.openedAt), desc(cases.id)] : [desc(cases.updatedSeq)];
};

const placeAt = (row: CaseRow, sort: CaseQuery['sort']): (string | number)[] => {
  if (sort === 'due') return ['due', row.dueKey, row.id];
  return sort === 'opened' ? ['opened', row.openedAt, row.id] : ['updated', row.updatedSeq, ''];
};

/** By key, never by offset. */
function afterPlace({ sort, after }: CaseQuery): SQL | undefined {
  const [of, at, id] = placeOf(after, ['string', 'number', 'string']) ?? [];
  if (of !== sort || at === undefined || id === undefined) return undefined;
  if (sort === 'due') return or(gt(cases.dueKey, at), and(eq(cases.dueKey, at), gt(cases.id, id)));
  if (sort === 'opened') return or(lt(cases.openedAt, at), and(eq(cases.openedAt, at), lt(cases.id, id)));
  return lt(cases.updatedSeq, at);
}

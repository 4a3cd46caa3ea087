import { and, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { openStatuses } from '../../domain/case.ts';
import { unitsBelow } from '../../domain/catalogue.ts';
import type { Id } from '../../domain/chance.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { CaseLine, CaseQuery, Store } from '../store.ts';
import { present } from './absent.ts';
import { deliveryState } from './case-desk.ts';
import { type CaseRow, DONE_KEY, fileOf, whereInCase } from './case-row.ts';
import { cursorOf, NoCursor, placeOf } from './cursor.ts';
import type { Parts } from './parts.ts';
import { rowsOf } from './rows-of.ts';
import { cases } from './schema/cases.ts';
import { searchCases } from './search-cases.ts';
import { withinScope } from './within.ts';

export type Page = Awaited<ReturnType<Store['findCases']>>;

/** Counting stops here: "1,000+". */
const MOST_COUNTED = 1_000;

interface Place {
  key: number;
  id: Id;
}

/** A page of the queue, within the reader's scope. */
export function findCases(parts: Parts, scope: CaseScope, query: CaseQuery): Page {
  const wanted = and(withinScope(scope), ...narrowed(parts, query));
  if (query.words !== undefined && query.words.trim() !== '') return searchCases(parts, scope, { ...query, words: query.words }, wanted);
  const found = placesAfter(parts, scope, query, wanted);
  const places = found.slice(0, query.limit);
  const last = places.at(-1);
  const rows = new Map(parts.caseRows.byIds(places.map(({ id }) => id)).map((row) => [row.id, row]));
  return {
    items: places.flatMap(({ id }) => {
      const row = rows.get(id);
      return row ? [lineOf(parts, row)] : [];
    }),
    ...(found.length > query.limit && last && { next: cursorOf(parts.master, 'cases', [query.sort, last.key, last.id]) }),
    ...countUpTo(parts, scope, query, wanted),
  };
}

/** A line of the queue. */
export function lineOf(parts: Parts, row: CaseRow): CaseLine {
  const said = parts
    .statement<[Id], { state: string }>(
      "select state from messages where case_id = ? and direction = 'out' and from_kind = 'officer' order by seq desc limit 1",
    )
    .get(row.id);
  return present({
    file: fileOf(row),
    summary: parts.keys.openText(whereInCase.summary(row.id), row.summary),
    ownerUsername: row.owner === null ? undefined : parts.officers().get(row.owner)?.username,
    unread: row.lastInboundSeq > row.lastReadSeq,
    delivery: said === undefined || said.state === 'sent' ? undefined : deliveryState(said.state),
    updatedSeq: row.updatedSeq,
  });
}

const keyColumn = { due: sql.raw('due_key'), opened: sql.raw('opened_at'), updated: sql.raw('updated_seq') };

/** By key, never by offset: from each station's index the next few, merged. */
function placesAfter(parts: Parts, scope: CaseScope, query: CaseQuery, wanted: SQL | undefined): Place[] {
  const { sort, limit } = query;
  const key = keyColumn[sort];
  const direction = sql.raw(sort === 'due' ? 'asc' : 'desc');
  const where = and(wanted, afterPlace(parts, query));
  const found = scope.stations.flatMap((station) =>
    rowsOf<Place>(
      parts,
      sql`select ${key} as key, id from cases ${indexFor(query)} where station = ${station} and ${where}
          order by ${key} ${direction}, id ${direction} limit ${limit + 1}`,
    ),
  );
  const forward = (a: Place, b: Place): number => a.key - b.key || (a.id < b.id ? -1 : 1);
  return found.sort((a, b) => (sort === 'due' ? forward(a, b) : forward(b, a))).slice(0, limit + 1);
}

function countUpTo(parts: Parts, scope: CaseScope, query: CaseQuery, wanted: SQL | undefined): Pick<Page, 'total' | 'totalIsFloor'> {
  let total = 0;
  for (const station of scope.stations) {
    const left = MOST_COUNTED + 1 - total;
    const [counted] = rowsOf<{ count: number }>(
      parts,
      sql`select count(*) as count from (select 1 from cases ${indexFor(query)} where station = ${station} and ${wanted} limit ${left})`,
    );
    total += counted?.count ?? 0;
    if (total > MOST_COUNTED) return { total: MOST_COUNTED, totalIsFloor: true };
  }
  return { total, totalIsFloor: false };
}

/** Said, not left to the planner: without statistics it can't know which of them is short. */
function indexFor({ sort, owner, sealedOnly }: CaseQuery): SQL {
  if (typeof owner === 'string') return sql.raw('indexed by cases_owner');
  return sql.raw(`indexed by cases_${sealedOnly ? 'sealed' : sort}`);
}

/** What the query asks beside words; literals where a partial index must be recognised. */
function narrowed(parts: Parts, { status, kind, topic, unit, area, owner, dueBefore, sealedOnly }: CaseQuery): (SQL | undefined)[] {
  const isOpen = (wanted: string): boolean => openStatuses.some((open) => open === wanted);
  return [
    status && inArray(sql`${cases.status}`, [...status]),
    status?.every(isOpen) ? lt(cases.dueKey, DONE_KEY) : undefined,
    status?.every((one) => !isOpen(one)) ? eq(cases.dueKey, DONE_KEY) : undefined,
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

function afterPlace({ master }: Parts, { sort, after }: CaseQuery): SQL | undefined {
  const place = placeOf(master, 'cases', after, ['string', 'number', 'string']);
  if (!place) return undefined;
  const [of, at, id] = place;
  if (of !== sort) throw new NoCursor();
  const beyond = sql.raw(sort === 'due' ? '>' : '<');
  return sql`(${keyColumn[sort]}, id) ${beyond} (${at}, ${id})`;
}

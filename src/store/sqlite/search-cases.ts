import { and, inArray, type SQL, sql } from 'drizzle-orm';
import type { Id } from '../../domain/chance.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { CaseQuery } from '../store.ts';
import { type CaseRow, contentOf } from './case-row.ts';
import { cursorOf, placeOf } from './cursor.ts';
import { lineOf, type Page } from './find-cases.ts';
import type { Parts } from './parts.ts';
import { cases } from './schema/cases.ts';
import { holds } from './search.ts';

/** Messages looked at in one step, and at most for one page: a deeper search is narrowed, not paged through. */
const STEP = 100;
const DEEPEST = 5_000;
/** Messages counted at most. */
const MOST_COUNTED = 1_000;

interface Hit {
  seq: number;
  id: Id;
  case_id: Id;
  body: Buffer;
}

/**
 * Cases by words of their messages, the newest message first, whatever the sort asked for.
 * The index proposes; scope and filters are checked on the rows, and the words on the text itself.
 */
export function searchCases(parts: Parts, scope: CaseScope, query: CaseQuery & { words: string }, wanted: SQL | undefined): Page {
  const asked = parts.search.terms(query.words, scope.stations);
  if (!asked) return { items: [], total: 0, totalIsFloor: false };
  const { match, terms } = asked;
  const [from] = placeOf(parts.master, 'search', query.after, ['number']) ?? [];
  const found: { row: CaseRow; seq: number }[] = [];
  for (const { hit, row } of hits(parts, match, from ?? Number.MAX_SAFE_INTEGER, wanted)) {
    if (found.some((one) => one.row.id === row.id) || !saysIt(parts, hit, row, terms)) continue;
    // Shown where its newest words that match stand: on an earlier page.
    if (from !== undefined && saysItLater(parts, row, terms, from)) continue;
    found.push({ row, seq: hit.seq });
    if (found.length > query.limit) break;
  }
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  const more = found.length > query.limit && last !== undefined;
  return {
    items: page.map(({ row }) => lineOf(parts, row)),
    ...(more && { next: cursorOf(parts.master, 'search', [last.seq]) }),
    ...(more || from !== undefined ? countMatches(parts, match, wanted) : { total: page.length, totalIsFloor: false }),
  };
}

/** Messages that hold the pieces, of cases within reach, newest first; loaded as far as they are looked at. */
function* hits(parts: Parts, match: string, from: number, wanted: SQL | undefined): Generator<{ hit: Hit; row: CaseRow }> {
  let before = from;
  for (let looked = 0; looked < DEEPEST; looked += STEP) {
    const places = parts.search.find(match, before, STEP);
    yield* within(parts, places, wanted);
    const last = places.at(-1);
    if (last === undefined || places.length < STEP) return;
    before = last;
  }
}

function within(parts: Parts, places: readonly number[], wanted: SQL | undefined): { hit: Hit; row: CaseRow }[] {
  const said = parts
    .statement<[string], Hit>(
      'select seq, id, case_id, body from messages where seq in (select value from json_each(?)) and case_id is not null order by seq desc',
    )
    .all(JSON.stringify(places));
  const ids = [...new Set(said.map((hit) => hit.case_id))];
  if (ids.length === 0) return [];
  const reached = parts.db
    .select()
    .from(cases)
    .where(and(inArray(cases.id, ids), wanted))
    .all();
  const rows = new Map(reached.map((row) => [row.id, row]));
  return said.flatMap((hit) => {
    const row = rows.get(hit.case_id);
    return row ? [{ hit, row }] : [];
  });
}

/** The index knows neighbours, not phrases: the text decides. The case's answers stand with its first message. */
function saysIt(parts: Parts, hit: Pick<Hit, 'id' | 'body'>, row: CaseRow, terms: readonly string[]): boolean {
  const said = parts.messages.body(hit).text;
  if (holds(said, terms)) return true;
  const { summary, answers } = contentOf(parts.keys, row);
  return holds([said, summary, ...answers.map(({ shown }) => shown)].join('\n'), terms);
}

function saysItLater(parts: Parts, row: CaseRow, terms: readonly string[], from: number): boolean {
  return parts
    .statement<[Id, number], Pick<Hit, 'id' | 'body'>>(
      "select id, body from messages where case_id = ? and seq >= ? and hidden = 0 and from_kind <> 'bot'",
    )
    .all(row.id, from)
    .some((hit) => holds(parts.messages.body(hit).text, terms));
}

/** Counted by the index alone, which may take neighbours for a phrase: a page that is all there is counts itself. */
function countMatches(parts: Parts, match: string, wanted: SQL | undefined): Pick<Page, 'total' | 'totalIsFloor'> {
  const { count, looked } = parts.db.get<{ count: number; looked: number }>(
    sql`with hits as materialized (select rowid as seq from search where search match ${match} order by rowid desc limit ${MOST_COUNTED})
        select count(distinct cases.id) as count, (select count(*) from hits) as looked
        from hits cross join messages on messages.seq = hits.seq cross join cases on cases.id = messages.case_id where ${wanted}`,
  );
  return { total: count, totalIsFloor: looked === MOST_COUNTED };
}

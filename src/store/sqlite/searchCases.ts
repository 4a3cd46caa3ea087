import { and, inArray, type SQL } from 'drizzle-orm';
import type { Id } from '../../domain/chance.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { CaseQuery } from '../store.ts';
import type { CaseRow } from './caseRow.ts';
import { contentOf } from './caseRow.ts';
import { cursorOf, placeOf } from './cursor.ts';
import { lineOf, MOST_COUNTED, type Page } from './findCases.ts';
import type { Parts } from './parts.ts';
import { cases } from './schema/cases.ts';
import { holds } from './search.ts';

/** Messages looked at in one step, and at most for one page: a deeper search is narrowed, not paged through. */
const STEP = 200;
const DEEPEST = 20_000;

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
  const terms = parts.search.terms(query.words, scope.stations);
  if (!terms) return { items: [], total: 0, totalIsFloor: false };
  const [from = Number.MAX_SAFE_INTEGER] = placeOf(query.after, ['number']) ?? [];
  const counted = countMatches(parts, terms.match, wanted, terms.terms);
  const found: { row: CaseRow; seq: number }[] = [];
  const seen = new Set<Id>();
  let before = from;
  for (let looked = 0; looked < DEEPEST; looked += STEP) {
    const places = parts.search.find(terms.match, before, STEP);
    const last = places.at(-1);
    if (last === undefined) break;
    before = last;
    for (const { hit, row } of hitsWithin(parts, places, wanted)) {
      if (seen.has(row.id) || !saysIt(parts, hit, row, terms.terms)) continue;
      seen.add(row.id);
      // Shown where its newest words that match stand: on an earlier page.
      if (query.after !== undefined && saysItLater(parts, row, terms.terms, from)) continue;
      found.push({ row, seq: hit.seq });
      if (found.length > query.limit) return pageOf(parts, found, query.limit, counted);
    }
    if (places.length < STEP) break;
  }
  return pageOf(parts, found, query.limit, query.after === undefined ? { total: found.length, totalIsFloor: false } : counted);
}

function pageOf(parts: Parts, found: { row: CaseRow; seq: number }[], limit: number, counted: Pick<Page, 'total' | 'totalIsFloor'>): Page {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ row }) => lineOf(parts, row)),
    ...(found.length > limit && last && { next: cursorOf([last.seq]) }),
    ...counted,
  };
}

/** The messages at these places whose cases are within reach, newest first. */
function hitsWithin(parts: Parts, places: readonly number[], wanted: SQL | undefined): { hit: Hit; row: CaseRow }[] {
  const hits = parts.sqlite
    .prepare<[string], Hit>(
      'select seq, id, case_id, body from messages where seq in (select value from json_each(?)) and case_id is not null order by seq desc',
    )
    .all(JSON.stringify(places));
  const ids = [...new Set(hits.map((hit) => hit.case_id))];
  if (ids.length === 0) return [];
  const rows = new Map(
    parts.db
      .select()
      .from(cases)
      .where(and(inArray(cases.id, ids), wanted))
      .all()
      .map((row) => [row.id, row]),
  );
  return hits.flatMap((hit) => {
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
  return parts.sqlite
    .prepare<[Id, number], Pick<Hit, 'id' | 'body'>>(
      "select id, body from messages where case_id = ? and seq >= ? and hidden = 0 and from_kind <> 'bot'",
    )
    .all(row.id, from)
    .some((hit) => holds(parts.messages.body(hit).text, terms));
}

function countMatches(
  parts: Parts,
  match: string,
  wanted: SQL | undefined,
  terms: readonly string[],
): Pick<Page, 'total' | 'totalIsFloor'> {
  const matching = new Set<Id>();
  let before = Number.MAX_SAFE_INTEGER;
  for (let looked = 0; looked < MOST_COUNTED * 2 && matching.size <= MOST_COUNTED; looked += STEP) {
    const places = parts.search.find(match, before, STEP);
    const last = places.at(-1);
    if (last === undefined) return { total: matching.size, totalIsFloor: false };
    before = last;
    for (const { hit, row } of hitsWithin(parts, places, wanted)) {
      if (!matching.has(row.id) && saysIt(parts, hit, row, terms)) matching.add(row.id);
    }
    if (places.length < STEP) return { total: matching.size, totalIsFloor: false };
  }
  return { total: Math.min(matching.size, MOST_COUNTED), totalIsFloor: true };
}

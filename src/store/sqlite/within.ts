import { and, inArray, isNull, ne, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { CaseScope } from '../../domain/scope.ts';
import { cases } from './schema/cases.ts';

const MOST_KEPT = 500;
const kept = new Map<string, SQL>();

/** A scope as WHERE: the other half of `covers`, and the contract suite proves both equal. The same scope, the same words: they are prepared once. */
export function withinScope(scope: CaseScope): SQL {
  const name = JSON.stringify(scope);
  const known = kept.get(name) ?? written(scope);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(name, known);
  return known;
}

function written(scope: CaseScope): SQL {
  const notService = or(ne(cases.kind, 'complaint'), isNull(cases.about), ne(cases.about, 'service'));
  const otherTeam = and(sql`${cases.teamConcerned} is not null`, notInArray(cases.teamConcerned, [...scope.notTeams]));
  const unnamed = scope.unknownTeam === 'shown' ? isNull(cases.teamConcerned) : undefined;
  const units = JSON.stringify(scope.notNamingUnits);
  return (
    and(
      // `+`: a scope narrows what another index has found; the queue asks for its station by itself.
      inArray(sql`+${cases.station}`, [...scope.stations]),
      // Written out, not bound: a partial index is only used where the query says the same words.
      scope.sealed === 'none' ? sql`sealed = 0` : undefined,
      or(notService, otherTeam, unnamed),
      sql`not exists (select 1 from case_subjects s where s.case_id = ${cases.id}
        and ((s.kind = 'officer' and s.subject = ${scope.notNamingOfficer})
          or (s.kind = 'unit' and s.subject in (select value from json_each(${units})))))`,
    ) ?? nowhere
  );
}

/** Every case: the clock's. */
export const anywhere: SQL = sql`1`;

/** No case at all. */
export const nowhere: SQL = sql`0`;

import { and, eq, exists, gt, isNotNull, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { DateTime } from 'luxon';
import type { SparedCount } from '../ratings.ts';
import type { Parts } from './parts.ts';
import { caseEvents, cases } from './schema/cases.ts';
import { tallied } from './tallied.ts';

/**
 * By station, year and reason, newest year first. What was counted stays counted when its case goes under seal, and what
 * was said under seal never is: else a step down or up would tell of a sealed case.
 */
export function sparedCases({ db, catalogue }: Parts): SparedCount[] {
  const { zone } = catalogue().settings;
  const passed = alias(caseEvents, 'passed');
  const sealedLater = db
    .select({ seq: passed.seq })
    .from(passed)
    .where(and(eq(passed.case, cases.id), eq(passed.verb, 'passed-to-inspection'), gt(passed.seq, caseEvents.seq)));
  const rows = db
    .selectDistinct({ id: cases.id, station: cases.station, openedAt: cases.openedAt, why: cases.spared })
    .from(cases)
    .innerJoin(caseEvents, and(eq(caseEvents.case, cases.id), eq(caseEvents.verb, 'spared')))
    .where(and(isNotNull(cases.spared), or(eq(cases.sealed, 0), exists(sealedLater))))
    .all();
  const year = (at: number) => DateTime.fromMillis(at, { zone }).toFormat('yyyy');
  return tallied(rows.flatMap(({ station, openedAt, why }) => (why === null ? [] : [{ unit: station, year: year(openedAt), why }]))).sort(
    (a, b) => b.year.localeCompare(a.year) || a.why.localeCompare(b.why),
  );
}

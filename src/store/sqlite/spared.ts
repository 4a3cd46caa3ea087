import { and, eq, isNotNull } from 'drizzle-orm';
import { DateTime } from 'luxon';
import type { SparedCount } from '../ratings.ts';
import type { Parts } from './parts.ts';
import { cases } from './schema/cases.ts';

/** By station, year and reason, newest year first. */
export function sparedCases({ db, catalogue }: Parts): SparedCount[] {
  const { zone } = catalogue().settings;
  const counts = new Map<string, SparedCount>();
  const rows = db
    .select({ unit: cases.station, openedAt: cases.openedAt, why: cases.spared })
    .from(cases)
    .where(and(isNotNull(cases.spared), eq(cases.sealed, 0)))
    .all();
  for (const { unit, openedAt, why } of rows) {
    if (why === null) continue;
    const one = { unit, year: DateTime.fromMillis(openedAt, { zone }).toFormat('yyyy'), why };
    const place = JSON.stringify(one);
    counts.set(place, { ...one, count: (counts.get(place)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.year.localeCompare(a.year) || a.why.localeCompare(b.why));
}

import { and, desc, eq, lt } from 'drizzle-orm';
import type { CaseScope } from '../../domain/scope.ts';
import type { ContactLine } from '../ratings.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { Parts } from './parts.ts';
import { cases } from './schema/cases.ts';
import { contacts } from './schema/ratings.ts';
import { withinScope } from './within.ts';

/** Visits and calls that were written down, newest first; those under seal stand in their cases alone. */
export function findContacts(
  parts: Parts,
  scope: CaseScope,
  after: string | undefined,
  limit: number,
): { items: ContactLine[]; next?: string } {
  const [before] = placeOf(parts.master, 'contacts', after, ['string']) ?? [];
  const rows = parts.db
    .select({
      id: contacts.id,
      how: contacts.how,
      at: contacts.at,
      officer: contacts.officer,
      unit: contacts.unit,
      reference: cases.reference,
    })
    .from(contacts)
    .innerJoin(cases, eq(cases.id, contacts.case))
    .where(
      and(eq(contacts.kind, 'met'), eq(cases.sealed, 0), withinScope(scope), before === undefined ? undefined : lt(contacts.id, before)),
    )
    .orderBy(desc(contacts.id))
    .limit(limit + 1)
    .all();
  const items = rows.slice(0, limit).flatMap(({ how, officer, ...row }) => (how && officer ? [{ ...row, how, officer }] : []));
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last && { next: cursorOf(parts.master, 'contacts', [last.id]) }) };
}

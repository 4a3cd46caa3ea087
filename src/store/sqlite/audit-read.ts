import { and, desc, eq, inArray, like, lt, or } from 'drizzle-orm';
import type { Id } from '../../domain/chance.ts';
import type { CaseScope } from '../../domain/scope.ts';
import type { AuditEntry } from '../store.ts';
import { cursorOf, placeOf } from './cursor.ts';
import { isEmergencyInReach } from './emergencies.ts';
import type { Parts } from './parts.ts';
import { audit } from './schema/accounts.ts';
import { cases } from './schema/cases.ts';
import { withinScope } from './within.ts';

/** What administrators may read: accounts, catalogue, sign-ins. */
const ABOUT_ACCOUNTS = ['account-%', 'inspector-%', 'settings-%', 'unit-%', 'signed-in', 'sign-in-failed'];
const REFERENCE = /^[0-9A-HJKMNP-TV-Z]{8}( [0-9A-HJKMNP-TV-Z]{8})*$/;

/** The record, newest first. `within`: entries about a case, or an emergency, out of reach are not there. */
export function readAudit(
  parts: Parts,
  chains: readonly Id[] | 'all',
  subjects: 'all' | 'accounts',
  after: string | undefined,
  limit: number,
  within?: CaseScope,
): { items: AuditEntry[]; next?: string } {
  const items: AuditEntry[] = [];
  let place = placeOf(parts.master, 'audit', after, ['number', 'string', 'number']);
  for (;;) {
    const rows = page(parts, chains, subjects, place, limit + 1);
    for (const row of rows) {
      if (!isShown(parts, row, within)) continue;
      if (items.length === limit) {
        const last = items.at(-1);
        return { items, ...(last && { next: cursorOf(parts.master, 'audit', [last.at, last.chain, last.seq]) }) };
      }
      items.push(row);
    }
    const last = rows.at(-1);
    if (rows.length <= limit || !last) return { items };
    place = [last.at, last.chain, last.seq];
  }
}

function page(
  { db }: Parts,
  chains: readonly Id[] | 'all',
  subjects: 'all' | 'accounts',
  place: [number, string, number] | undefined,
  limit: number,
): AuditEntry[] {
  const [at, chain, seq] = place ?? [];
  return db
    .select({
      chain: audit.chain,
      seq: audit.seq,
      at: audit.at,
      actor: audit.actor,
      verb: audit.verb,
      subject: audit.subject,
      version: audit.version,
      reasonCode: audit.reasonCode,
    })
    .from(audit)
    .where(
      and(
        chains === 'all' ? undefined : inArray(audit.chain, [...chains]),
        subjects === 'all' ? undefined : or(...ABOUT_ACCOUNTS.map((verb) => like(audit.verb, verb))),
        at === undefined || chain === undefined || seq === undefined
          ? undefined
          : or(
              lt(audit.at, at),
              and(eq(audit.at, at), lt(audit.chain, chain)),
              and(eq(audit.at, at), eq(audit.chain, chain), lt(audit.seq, seq)),
            ),
      ),
    )
    .orderBy(desc(audit.at), desc(audit.chain), desc(audit.seq))
    .limit(limit)
    .all();
}

function isShown(parts: Parts, entry: AuditEntry, within: CaseScope | undefined): boolean {
  if (!within) return true;
  const { db } = parts;
  if (entry.verb === 'emergency-acknowledged') return isEmergencyInReach(parts, within, entry.subject);
  if (!REFERENCE.test(entry.subject)) return true;
  const references = entry.subject.split(' ');
  const reached = db
    .select({ reference: cases.reference })
    .from(cases)
    .where(and(inArray(cases.reference, references), withinScope(within)))
    .all();
  return reached.length === references.length;
}

import type { Officer } from '../../domain/officer.ts';
import type { AuditEntry, Store } from '../../store/store.ts';
import type { SessionView } from '../views/officer.ts';
import { iso, type Reader } from './reader.ts';

const PAGE = 200;
const PAGES_AT_MOST = 10;

/** What happened to inspectors' accounts since this inspector's last sign-in before this one; for everyone else nothing. */
export async function inspectorChanges(store: Store, officer: Officer, reader: Reader): Promise<SessionView['inspectorChanges']> {
  if (officer.role !== 'inspector') return [];
  const about: AuditEntry[] = [];
  let signIns = 0;
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const { items, next } = await store.audit('all', 'accounts', cursor, PAGE);
    for (const entry of items) {
      if (entry.verb === 'signed-in' && entry.actor === officer.id) signIns += 1;
      if (signIns === 2) return about.map((one) => shown(one, reader));
      if (touchesInspector(entry) && entry.actor !== officer.id) about.push(entry);
    }
    if (next === undefined) break;
    cursor = next;
  }
  return about.map((one) => shown(one, reader));
}

/** The store names acts on inspectors' accounts so. */
const touchesInspector = ({ verb }: AuditEntry): boolean => verb.startsWith('inspector-');

const shown = ({ at, verb, subject, actor }: AuditEntry, reader: Reader) => ({
  at: iso(at),
  verb,
  subject: reader.officer(subject)?.username ?? subject,
  by: reader.officer(actor)?.username ?? actor,
});

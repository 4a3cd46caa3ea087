import { unitById } from '../../domain/catalogue.ts';
import type { AuditEntry } from '../../store/store.ts';
import type { AuditView } from '../views/audit.ts';
import { iso, type Reader, unitShown } from './reader.ts';

/** An entry as its reader sees it. Only who reads the whole chain sees places in it: a gap would count what is hidden from the others. */
export const auditShown = (entry: AuditEntry, { whole, reader }: { whole: boolean; reader: Reader }): AuditView => ({
  chain: unitById(reader.catalogue, entry.chain) ? unitShown(entry.chain, reader).code : entry.chain,
  seq: whole ? entry.seq : null,
  at: iso(entry.at),
  by: reader.officer(entry.actor)?.username ?? entry.actor,
  verb: entry.verb,
  subject: reader.officer(entry.subject)?.username ?? entry.subject,
  version: entry.version,
  reasonCode: entry.reasonCode,
});

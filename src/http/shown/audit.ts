import { unitById } from '../../domain/catalogue.ts';
import type { AuditEntry } from '../../store/store.ts';
import type { AuditView } from '../views/audit.ts';
import { iso, type Reader, unitShown } from './reader.ts';

/** An entry as its reader sees it: accounts and units by the names people know. */
export const auditShown = (entry: AuditEntry, reader: Reader): AuditView => ({
  chain: unitById(reader.catalogue, entry.chain) ? unitShown(entry.chain, reader).code : entry.chain,
  at: iso(entry.at),
  by: reader.officer(entry.actor)?.username ?? entry.actor,
  verb: entry.verb,
  subject: reader.officer(entry.subject)?.username ?? entry.subject,
  version: entry.version,
  reasonCode: entry.reasonCode,
});

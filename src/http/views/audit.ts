import { z } from 'zod';
import { instant } from './list.ts';

/** One line of the audit: what was done, never what was said. */
export const auditView = z.object({
  chain: z.string(),
  /** The place in the chain, for who reads all of it. */
  seq: z.number().int().nullable(),
  at: instant,
  by: z.string(),
  verb: z.string(),
  subject: z.string(),
  version: z.number().int().nullable(),
  reasonCode: z.string().nullable(),
});
export type AuditView = z.infer<typeof auditView>;

import { z } from 'zod';
import { instant } from './list.ts';

/** One line of the audit: what was done, never what was said. Its place in the chain stays out: a gap would count what is hidden. */
export const auditView = z.object({
  chain: z.string(),
  at: instant,
  by: z.string(),
  verb: z.string(),
  subject: z.string(),
  version: z.number().int().nullable(),
  reasonCode: z.string().nullable(),
});
export type AuditView = z.infer<typeof auditView>;

import { z } from 'zod';
import { refusals } from '../../domain/refusal.ts';

/** An error as application/problem+json (RFC 9457); `title` and `detail` in the reader's language. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(refusals),
  detail: z.string().optional(),
  /** What is wrong where, for `invalid`: a JSON pointer and words. */
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  /** For `not-your-step`: who can. */
  who: z.string().optional(),
  /** For `stale`: the events since the version the writer saw. */
  changed: z.array(z.lazy(() => z.object({ seq: z.number(), verb: z.string(), at: z.string(), by: z.string() }))).optional(),
  version: z.number().int().optional(),
  retryAfter: z.number().int().optional(),
});
export type Problem = z.infer<typeof problem>;

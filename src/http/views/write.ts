import { z } from 'zod';

/** Makes a repeat of a write harmless: kept 7 days per account and path, with a hash of the body. */
const idempotencyKey = z.string().min(1).max(128).optional().describe('Makes a repeat of this write harmless');

export const onceHeader = z.object({ 'idempotency-key': idempotencyKey });

/** On writes to a case: the version the writer saw. Needed, but asked for only of those who can see the case (428, not 400). */
export const seenHeader = z.object({
  'idempotency-key': idempotencyKey,
  'if-match': z.string().max(40).optional().describe('The version the writer saw, in quotes: "12". 428 without'),
});

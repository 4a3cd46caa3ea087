import { z } from 'zod';
import { exclusions } from '../../domain/exclusion.ts';
import { sources } from '../../domain/rating.ts';

/** A rating without a conversation, an invitation or a day. */
export const ratingView = z.object({
  id: z.string(),
  level: z.number().int().min(1).max(5),
  reasons: z.array(z.string()),
  comment: z.string().nullable(),
  unit: z.object({ code: z.string(), label: z.string() }),
  topic: z.object({ code: z.string(), label: z.string() }).nullable(),
  source: z.enum(sources),
  month: z.string(),
  burst: z.boolean().describe('One of very many of its unit on one day, by a code anybody can scan.'),
  excluded: z.enum(exclusions).nullable().describe('Why it is left out of every figure; null: it is counted.'),
});

/** How many ratings inspection left out of the figures. */
export const excludedView = z.object({
  unit: z.object({ code: z.string(), label: z.string() }),
  year: z.string(),
  category: z.enum(exclusions),
  count: z.number().int(),
});
export type RatingView = z.infer<typeof ratingView>;
export type ExcludedView = z.infer<typeof excludedView>;

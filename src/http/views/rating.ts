import { z } from 'zod';

/** A rating without a conversation, an invitation or a day. */
export const ratingView = z.object({
  id: z.string(),
  level: z.number().int().min(1).max(5),
  reasons: z.array(z.string()),
  comment: z.string().nullable(),
  unit: z.object({ code: z.string(), label: z.string() }),
  topic: z.object({ code: z.string(), label: z.string() }).nullable(),
  month: z.string(),
});
export type RatingView = z.infer<typeof ratingView>;

import { z } from 'zod';

/** An instant as ISO 8601 with offset. */
export const instant = z.iso.datetime({ offset: true });

/** One page of a list; `nextCursor` is opaque and absent on the last page. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().optional() });

/** `?limit=&cursor=`: 50 unless said, at most 200. */
export const page = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(500).optional() };

import { z } from 'zod';
import { exclusions } from '../../domain/exclusion.ts';
import type { Cell } from '../../domain/figures/cells.ts';
import { sources } from '../../domain/rating.ts';
import { type Reader, unitShown } from '../shown/reader.ts';

const share = z
  .object({ count: z.number(), share: z.number(), from: z.number(), to: z.number() })
  .describe('A part of n: how many, the share of 0 to 1, and Wilson’s 95 % interval of it.');
const satisfied = share.describe('Levels 4 and 5, of n.');
const acceptable = share.describe('Levels 3, 4 and 5, of n.');

/** One unit in one month or year. */
export const figureView = z.object({
  unit: z.object({ code: z.string(), label: z.string() }),
  part: z.enum(['whole', 'own']).describe('whole: with all units below it; own: the unit itself without them.'),
  period: z.string().describe('A month, 2026-07, or a calendar year, 2026.'),
  source: z.enum(sources).describe('How residents came to rate. Never add them up.'),
  figures: z
    .object({
      n: z.number().describe('Ratings given.'),
      satisfied,
      acceptable,
      invited: z.number(),
      unanswered: share.nullable().describe('Invitations without a rating, of those made. Silence is no praise.'),
      bayesianMean: z.number().nullable().describe('Mean level drawn towards the whole’s, for comparing units of unlike size.'),
    })
    .nullable()
    .describe('null: fewer than five ratings, or another hidden figure could be worked out from it.'),
});

const decided = z.object({ upheld: z.boolean(), text: z.string().trim().min(1).max(2000) });
const said = {
  text: z.string().trim().min(1).max(2000),
  appeal: z.enum(exclusions).nullable().describe('Why some of them should not count; null: nothing is asked for.'),
};
/** An officer’s word on a batch of their ratings. */
export const reply = z.object({ ...said, appeal: said.appeal.default(null) });
export const decision = decided;
const replied = z.object({ ...said, decision: decided.nullable() });
export const replyView = z.object({
  id: z.string(),
  by: z.object({ username: z.string(), publicName: z.string() }).nullable(),
  unit: z.object({ code: z.string(), label: z.string() }),
  from: z.string(),
  to: z.string(),
  ...replied.shape,
});
export type ReplyView = z.infer<typeof replyView>;

/** An officer’s own ratings of whole months, both named ones included. */
export const ownFigureView = z.object({
  from: z.string(),
  to: z.string(),
  n: z.number(),
  satisfied,
  acceptable,
  reply: replied.nullable().describe('What you said to them, and what inspection decided of it.'),
});

export type FigureView = z.infer<typeof figureView>;
export type OwnFigureView = z.infer<typeof ownFigureView>;

export function figureShown({ unit, part, period, source, figures }: Cell, reader: Reader): FigureView {
  const shown = figures && { ...figures, unanswered: figures.unanswered ?? null, bayesianMean: figures.bayesianMean ?? null };
  return { unit: unitShown(unit, reader), part, period, source, figures: shown ?? null };
}

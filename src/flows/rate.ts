import { ratingReasons } from '../domain/reasons.ts';
import { defineFlow } from '../flow/flow.ts';
import { level } from '../flow/steps/choice.ts';
import { gathering, optional, unvoiced, when } from '../flow/steps/modifiers.ts';
import { review } from '../flow/steps/review.ts';
import { several } from '../flow/steps/several.ts';
import { text } from '../flow/steps/text.ts';

/** Rate our service: five levels, why, and a word if one likes; it counts only once the resident has said yes to it. Begun about an invitation. */
export const rate = defineFlow(
  'rate',
  'rating',
  {
    level: level(),
    liked: when(({ level: given }) => given === 4 || given === 5, optional(several(ratingReasons.liked))),
    missed: when(({ level: given }) => given === 1 || given === 2 || given === 3, optional(several(ratingReasons.missed))),
    comment: unvoiced('rate:comment.voice', optional(gathering(text({ min: 1, max: 1000 })))),
    review: review(),
  },
  ({ level: given, liked, missed, comment }, { subject }) => {
    if (given === undefined) throw new Error('a rating without its level is none');
    return {
      as: 'rating',
      invitation: subject,
      level: given,
      reasonsVersion: ratingReasons.version,
      reasons: liked ?? missed ?? [],
      ...(comment !== undefined && { comment }),
    };
  },
);

import { defineFlow } from '../flow/flow.ts';
import { gathering, optional } from '../flow/steps/modifiers.ts';
import { review } from '../flow/steps/review.ts';
import { text } from '../flow/steps/text.ts';

/** Takes a case back, with a reason if one likes to give it. Begun about the case's reference. */
export const withdraw = defineFlow(
  'withdraw',
  'withdrawal',
  {
    reason: optional(gathering(text({ min: 2, max: 1000 }))),
    review: review(),
  },
  ({ reason }, { subject }) => ({ as: 'withdrawal', reference: subject, ...(reason !== undefined && { reason }) }),
);

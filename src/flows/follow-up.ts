import { defineFlow } from '../flow/flow.ts';
import type { Kept } from '../flow/step.ts';
import { choice } from '../flow/steps/choice.ts';
import { gathering, optional, personal, when } from '../flow/steps/modifiers.ts';
import { review } from '../flow/steps/review.ts';
import { phone, text } from '../flow/steps/text.ts';
import { contactOf } from './filing.ts';

const isWanted = ({ how }: Kept): boolean => how === 'call' || how === 'here';

/** After a low rating: whether somebody is to look into it, and how its resident hears what came of it. Begun about an invitation. */
export const followUp = defineFlow(
  'follow-up',
  'follow-up',
  {
    how: choice(['call', 'here', 'no']),
    phone: when(({ how }) => how === 'call', personal(phone())),
    name: when(({ how }) => how === 'call', personal(optional(text({ max: 50 })))),
    words: when(isWanted, optional(gathering(text({ min: 2 })))),
    review: when(isWanted, review()),
  },
  ({ how, phone: number, name, words }, { subject }) => {
    const contact = contactOf({ name, phone: number });
    return {
      as: 'follow-up',
      invitation: subject,
      wanted: how !== 'no',
      ...(contact && { contact }),
      ...(words !== undefined && { words }),
    };
  },
);

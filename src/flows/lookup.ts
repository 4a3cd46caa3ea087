import { lettersTyped, looksLikeLetters } from '../domain/chance.ts';
import { defineFlow } from '../flow/flow.ts';
import { secret } from '../flow/steps/modifiers.ts';
import { text } from '../flow/steps/text.ts';

const letters = () => text({ max: 60, tidy: lettersTyped, fits: looksLikeLetters });

/** Opens a case on another phone: by its reference and the code that was handed out once. */
export const lookup = defineFlow(
  'lookup',
  'lookup',
  {
    reference: letters(),
    code: secret(letters()),
  },
  ({ reference = '', code = '' }) => ({ as: 'lookup', reference, code }),
);

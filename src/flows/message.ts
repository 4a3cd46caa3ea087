import { defineFlow } from '../flow/flow.ts';
import { gathering, optional } from '../flow/steps/modifiers.ts';
import { photos } from '../flow/steps/photos.ts';
import { text } from '../flow/steps/text.ts';

/** More to a case one has: words, photos or both. Begun about the case's reference. */
export const message = defineFlow(
  'message',
  'message',
  {
    words: optional(gathering(text()), { test: ({ photos: sent }) => sent !== undefined }),
    photos: photos({ max: 9 }),
  },
  ({ words = '', photos: media = [] }, { subject }) => ({ as: 'message', reference: subject, text: words, media }),
);

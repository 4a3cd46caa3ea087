import { lengthOf } from '../flow/clean.ts';
import { defineFlow } from '../flow/flow.ts';
import type { Kept } from '../flow/step.ts';
import { choice } from '../flow/steps/choice.ts';
import { from } from '../flow/steps/from.ts';
import { gathering, optional, personal, unasked, when } from '../flow/steps/modifiers.ts';
import { photos } from '../flow/steps/photos.ts';
import { place } from '../flow/steps/place.ts';
import { review } from '../flow/steps/review.ts';
import { phone, text } from '../flow/steps/text.ts';
import { contactOf, topicCode } from './filing.ts';

/** Shorter words get one question more. */
const SHORT = 8;

const said = (kept: Kept): string => [kept.details, kept.more].filter((words) => typeof words === 'string').join('\n');

/** Ask for help: what is needed, what it is about, and how and when to reach the person safely. Says the same neutral words whatever the topic. */
export const help = defineFlow(
  'help',
  'case',
  {
    details: gathering(text({ min: 2 })),
    more: when(({ details }) => typeof details === 'string' && lengthOf(details) < SHORT, optional(text({ min: 2 }))),
    kind: choice(['help', 'question']),
    topic: optional(
      choice(from('topics', { kind: ({ kept }) => (kept.kind === 'question' ? 'question' : 'help'), words: ({ kept }) => said(kept) })),
    ),
    place: unasked(place()),
    photos: unasked(photos({ max: 9 })),
    reach: choice(['chat', 'phone']),
    phone: when(({ reach }) => reach === 'phone', personal(phone())),
    when: when(({ reach }) => reach === 'phone', personal(optional(text({ max: 200 })))),
    name: when(({ reach }) => reach === 'phone', personal(optional(text({ max: 50 })))),
    review: review({ acts: () => ['police'] }),
  },
  (answers, { around: { catalogue } }) => {
    const contact = contactOf({ name: answers.name, phone: answers.phone, reach: answers.when });
    return {
      as: 'case',
      kind: answers.kind ?? 'help',
      ...topicCode(catalogue, answers.topic),
      details: said(answers),
      media: answers.photos ?? [],
      ...(contact && { contact }),
      seal: answers.review?.acts.includes('police') ?? false,
    };
  },
);

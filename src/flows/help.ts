import { defineFlow } from '../flow/flow.ts';
import type { Scene } from '../flow/step.ts';
import { choice } from '../flow/steps/choice.ts';
import { from } from '../flow/steps/from.ts';
import { optional, personal, unasked, when } from '../flow/steps/modifiers.ts';
import { photos } from '../flow/steps/photos.ts';
import { place } from '../flow/steps/place.ts';
import { review } from '../flow/steps/review.ts';
import { phone, text } from '../flow/steps/text.ts';
import { contactOf, topicCode } from './filing.ts';
import { likelyTopics, story, told } from './story.ts';

const kindOf = ({ kept }: Scene) => (kept.kind === 'question' ? 'question' : 'help');

/** Ask for help: what is needed, what it is about, and how and when to reach the person safely. Says the same neutral words whatever the topic. */
export const help = defineFlow(
  'help',
  'case',
  {
    ...story,
    kind: choice(['help', 'question']),
    topic: optional(choice(from('topics', kindOf), { proposed: likelyTopics })),
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
      details: told(answers),
      media: answers.photos ?? [],
      ...(contact && { contact }),
      seal: answers.review?.acts.includes('police') ?? false,
    };
  },
);

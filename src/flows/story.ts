import { lengthOf } from '../flow/clean.ts';
import { proposedTopics } from '../flow/proposal.ts';
import type { Kept, Scene } from '../flow/step.ts';
import { gathering, optional, when } from '../flow/steps/modifiers.ts';
import { text } from '../flow/steps/text.ts';

/** Shorter words get one question more. */
const SHORT = 8;

/** What happened, in the resident's words: two characters are enough, then one question more, once. */
export const story = {
  details: gathering(text({ min: 2 })),
  // What was added stays, however long the first words grow.
  more: when(
    ({ details }, { stored }) => stored !== undefined || (typeof details === 'string' && lengthOf(details) < SHORT),
    optional(text({ min: 2 })),
  ),
};

/** The whole story so far. */
export const told = (kept: Kept): string => [kept.details, kept.more].filter((words) => typeof words === 'string').join('\n');

/** The topics found in the story, most likely first. */
export const likelyTopics = ({ kept, around }: Scene): readonly string[] =>
  proposedTopics(around.catalogue.topics, told(kept)).map(({ code }) => code);

/** The kinds most like the story: those of its likeliest topic. */
export const likelyKinds = ({ kept, around }: Scene): readonly string[] =>
  proposedTopics(around.catalogue.topics, told(kept))[0]?.kinds ?? [];

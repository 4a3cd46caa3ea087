import type { Saying } from '../domain/message.ts';
import { officerReasons } from '../domain/reasons.ts';
import { lengthOf } from '../flow/clean.ts';
import { defineFlow } from '../flow/flow.ts';
import type { Kept, Scene } from '../flow/step.ts';
import { choice } from '../flow/steps/choice.ts';
import { from, proposedTopics } from '../flow/steps/from.ts';
import { gathering, optional, personal, saying, when } from '../flow/steps/modifiers.ts';
import { photos } from '../flow/steps/photos.ts';
import { place } from '../flow/steps/place.ts';
import { review } from '../flow/steps/review.ts';
import { several } from '../flow/steps/several.ts';
import { phone, text } from '../flow/steps/text.ts';
import { contactOf, topicCode, unitId } from './filing.ts';

/** Shorter words get one question more. */
const SHORT = 8;
/** Police complaints where nobody here may read them. */
const POLICE_HOTLINE = '12389';

const kinds = ['problem', 'suggestion', 'praise', 'complaint'] as const;

const said = (kept: Kept): string => [kept.details, kept.more].filter((words) => typeof words === 'string').join('\n');
const aboutPolice = (kept: Kept): boolean => kept.what === 'complaint' && (kept.about === 'officer' || kept.about === 'unit');

/** The kind most like what was said: that of the first topic found in the words. */
function likelyKind({ kept, around }: Scene): string | undefined {
  const [topic] = proposedTopics(around.catalogue.topics, said(kept));
  return topic?.kinds.find((kind) => kinds.some((known) => known === kind));
}

/** Where nobody could read a complaint about police, the resident hears first who could. */
function whoElseReads({ around: { catalogue } }: Scene): Saying | undefined {
  if (catalogue.inspectorExists) return undefined;
  const body = catalogue.settings.bodyAbove;
  return body === ''
    ? { key: 'report:noInspectorYet', values: { phone: POLICE_HOTLINE } }
    : { key: 'report:noInspector', values: { body, phone: POLICE_HOTLINE } };
}

/** Report something: the story first, then what it is, where, pictures, who tells it, and everything once more. */
export const report = defineFlow(
  'report',
  'case',
  {
    details: gathering(text({ min: 2 })),
    more: when(({ details }) => typeof details === 'string' && lengthOf(details) < SHORT, optional(text({ min: 2 }))),
    what: choice(kinds, { proposed: likelyKind }),
    about: when(({ what }) => what === 'complaint', choice(['service', 'unit', 'officer'])),
    team: when(({ about }) => about === 'service', optional(choice(from('teams')), { says: 'flow:button.dontKnow' })),
    unit: when(({ about }) => about === 'unit', saying(whoElseReads, optional(choice(from('units')), { says: 'flow:button.dontKnow' }))),
    officer: when(
      ({ about }) => about === 'officer',
      saying(whoElseReads, optional(text({ min: 1, max: 200 }), { says: 'flow:button.dontKnow' })),
    ),
    reasons: when(({ about }) => about === 'officer', optional(several(officerReasons.codes))),
    topic: when(({ what }) => what === 'problem', choice(from('topics', { kind: () => 'problem', words: ({ kept }) => said(kept) }))),
    place: optional(place()),
    photos: photos({ max: 9 }),
    identity: choice(['hidden', 'named']),
    name: when(({ identity }) => identity === 'named', personal(text({ max: 50 }))),
    phone: when(({ identity }) => identity === 'named', personal(phone())),
    review: review({ acts: (kept) => (aboutPolice(kept) ? [] : ['police']) }),
  },
  (answers, { around: { catalogue } }) => {
    const { what = 'problem', about, officer, reasons, photos: media = [], name, phone: called, review: reviewed } = answers;
    const team = unitId(catalogue, answers.team);
    const unit = unitId(catalogue, answers.unit);
    const contact = contactOf({ name, phone: called });
    return {
      as: 'case',
      kind: what,
      ...(about && { about }),
      ...topicCode(catalogue, answers.topic),
      ...(team !== undefined && { team }),
      ...(unit !== undefined && { unit }),
      ...(officer !== undefined && { named: officer }),
      ...(reasons && { reasons }),
      details: said(answers),
      media,
      ...(contact && { contact }),
      seal: aboutPolice(answers) || (reviewed?.acts.includes('police') ?? false),
    };
  },
);

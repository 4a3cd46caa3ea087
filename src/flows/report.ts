import type { Saying } from '../domain/message.ts';
import { officerReasons } from '../domain/reasons.ts';
import { defineFlow } from '../flow/flow.ts';
import type { Kept, Scene } from '../flow/step.ts';
import { choice } from '../flow/steps/choice.ts';
import { from } from '../flow/steps/from.ts';
import { optional, personal, saying, when } from '../flow/steps/modifiers.ts';
import { photos } from '../flow/steps/photos.ts';
import { place } from '../flow/steps/place.ts';
import { review } from '../flow/steps/review.ts';
import { several } from '../flow/steps/several.ts';
import { phone, text } from '../flow/steps/text.ts';
import { contactOf, topicCode, unitId } from './filing.ts';
import { likelyKinds, likelyTopics, story, told } from './story.ts';

/** Police complaints where nobody here may read them. */
const POLICE_HOTLINE = '12389';

const kinds = ['problem', 'suggestion', 'praise', 'complaint'] as const;

const aboutPolice = (kept: Kept): boolean => kept.what === 'complaint' && (kept.about === 'officer' || kept.about === 'unit');

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
    ...story,
    what: choice(kinds, { proposed: likelyKinds }),
    about: when(({ what }) => what === 'complaint', choice(['service', 'unit', 'officer'])),
    team: when(({ about }) => about === 'service', optional(choice(from('teams')), { says: 'flow:button.dontKnow' })),
    unit: when(({ about }) => about === 'unit', saying(whoElseReads, optional(choice(from('units')), { says: 'flow:button.dontKnow' }))),
    officer: when(
      ({ about }) => about === 'officer',
      saying(whoElseReads, optional(text({ min: 1, max: 200 }), { says: 'flow:button.dontKnow' })),
    ),
    reasons: when(({ about }) => about === 'officer', optional(several(officerReasons.codes))),
    topic: when(
      ({ what }) => what === 'problem',
      choice(
        from('topics', () => 'problem'),
        { proposed: likelyTopics },
      ),
    ),
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
      details: told(answers),
      media,
      ...(contact && { contact }),
      seal: aboutPolice(answers) || (reviewed?.acts.includes('police') ?? false),
    };
  },
);

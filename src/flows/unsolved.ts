import type { CaseKind } from '../domain/case.ts';
import { defineFlow } from '../flow/flow.ts';
import { choice } from '../flow/steps/choice.ts';
import { gathering, optional, when } from '../flow/steps/modifiers.ts';
import { text } from '../flow/steps/text.ts';

const COMPLAINT = '/complaint';

/** What `unsolved` is begun about: of a complaint it also says so, for then another officer takes it and nobody is asked who. */
export const unsolvedSubject = (reference: string, kind: CaseKind): string =>
  kind === 'complaint' ? `${reference}${COMPLAINT}` : reference;

/** Answered, but not solved: what is still wrong, and whether the same officer should go on. Begun about {@link unsolvedSubject}. */
export const unsolved = defineFlow(
  'unsolved',
  'unsolved',
  {
    wrong: gathering(text({ min: 2 })),
    sameOfficer: when(
      (_, { subject = '' }) => !subject.endsWith(COMPLAINT),
      optional(choice(['yes', 'no']), { says: 'flow:button.either' }),
    ),
  },
  ({ wrong = '', sameOfficer }, { subject }) => ({
    as: 'unsolved',
    reference: subject.endsWith(COMPLAINT) ? subject.slice(0, -COMPLAINT.length) : subject,
    wrong,
    ...(sameOfficer !== undefined && { sameOfficer: sameOfficer === 'yes' }),
  }),
);

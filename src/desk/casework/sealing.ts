import { shownLetters } from '../../domain/chance.ts';
import type { Decision } from '../../domain/decision.ts';
import { inspectionOf } from '../filing.ts';
import { type Acting, firstAnswerAgain, happened, kept } from './acting.ts';

/** Goes under seal and to inspection; who passed it on loses sight of it with the commit. Nothing unseals a case. */
export const passToInspection =
  (reason: string) =>
  (act: Acting): Decision => {
    const { file, desk, to } = act;
    const unit = inspectionOf(desk.catalogue)?.id ?? file.unit;
    const owed = to === 'opened' ? firstAnswerAgain(act, { ...file, sealed: true }, file.reopened + 1) : undefined;
    const head = {
      owner: undefined,
      unit,
      outcome: undefined,
      confirmation: undefined,
      answeredAt: undefined,
      closedAt: undefined,
      ...owed?.patch,
    };
    return {
      changes: [
        happened(act, owed ? head : { owner: undefined, unit }, { reason }),
        ...(owed
          ? [...kept(act, 'first-answer', 'finish', 'reminder', 'closing', 'ask-again', 'call', 'reach-another-way'), owed.promise]
          : []),
        { do: 'seal', case: file.id },
      ],
      say: [{ key: 'casework:sealed', values: { reference: shownLetters(file.reference) }, case: file.id }],
    };
  };

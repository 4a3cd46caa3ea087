import { shownLetters } from '../../domain/chance.ts';
import type { Decision } from '../../domain/decision.ts';
import { inspectionOf } from '../filing.ts';
import { type Acting, happened, kept } from './acting.ts';
import { owedAgain } from './again.ts';

/** Where inspection's own first answer is counted, apart from those of reopenings: a case is sealed once. */
const ONCE_SEALED = 1_000;

/** Goes under seal and to inspection; who passed it on loses sight of it with the commit. Nothing unseals a case. */
export const passToInspection =
  (reason: string) =>
  (act: Acting): Decision => {
    const { file, desk, to } = act;
    const unit = inspectionOf(desk.catalogue)?.id ?? file.unit;
    const again = { catalogue: desk.catalogue, now: act.chance.now };
    const owed = to === 'opened' ? owedAgain({ ...file, sealed: true }, ONCE_SEALED, again) : undefined;
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
          ? [...kept(act, 'first-answer', 'finish', 'reminder', 'closing', 'ask-again', 'call', 'reach-another-way'), ...owed.changes]
          : []),
        { do: 'seal', case: file.id },
      ],
      say: [{ key: 'casework:sealed', values: { reference: shownLetters(file.reference) }, case: file.id }],
    };
  };

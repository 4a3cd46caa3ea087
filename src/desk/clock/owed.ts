import type { CaseFile } from '../../domain/case.ts';
import type { Chance } from '../../domain/chance.ts';
import type { CaseDesk, Decision, PromiseRow } from '../../domain/decision.ts';

/** What is owed came due on a case: all that the decision may look at. */
export interface Owed {
  file: CaseFile;
  desk: CaseDesk;
  promise: PromiseRow;
  chance: Chance;
}

/** Nothing to do: it is owed no longer, or a person must do it and the queue already says so. */
export const nothingToDo: Decision = { changes: [], say: [] };

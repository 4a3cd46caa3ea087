import type { Id } from '../domain/chance.ts';
import type { Around, Filing } from './effect.ts';
import type { Answers, Kept, Steps } from './step.ts';

/** What a flow is begun about, and what surrounds its end. */
export interface Ending {
  /** A case's reference, an invitation's id; empty where the flow is about nothing yet. */
  subject: Id;
  around: Around;
}

/** A form as data: the order of its steps is the order asked. */
export interface Flow {
  readonly name: string;
  /** What it files as. */
  readonly as: Filing['as'];
  readonly steps: Steps;
  /** What the answers that apply ask the desk to do. A case can be filed from any of them; all else only once every step is answered. */
  readonly file: (kept: Kept, ending: Ending) => Filing;
}

/** Ties a flow's filing to the types of its steps' answers. */
export function defineFlow<const S extends Steps, const As extends Filing['as']>(
  name: string,
  as: As,
  steps: S,
  file: (answers: Answers<S>, ending: Ending) => Extract<Filing, { as: As }>,
): Flow & { readonly steps: S } {
  // Every kept answer has just parsed by the schema of its step.
  return { name, as, steps, file: (kept, ending) => file(kept as Answers<S>, ending) };
}

import type { Saying } from '../../domain/message.ts';
import type { Branching, Kept, Scene, Step } from '../step.ts';

/** May be skipped in one tap; where a test is given, only while it holds. */
export const optional = <A>(
  step: Step<A>,
  { says = 'flow:button.skip', test = () => true }: { says?: string; test?: (kept: Kept) => boolean } = {},
): Step<A> => ({
  ...step,
  mayBeSkipped: test,
  skipLabel: says,
});

/** Asked only where the answers before it say so; a branch not taken files nothing. */
export const when = <A>(test: (kept: Kept, branching: Branching) => boolean, step: Step<A>): Step<A> => ({ ...step, applies: test });

/** Contact details: sealed apart, never among the answers, never shown back. */
export const personal = <A>(step: Step<A>): Step<A> => ({ ...step, personal: true });

/** A code: in no line, in no help case. */
export const secret = <A>(step: Step<A>): Step<A> => ({ ...step, personal: true, secret: true });

/** Words that fit no question are added to this answer. */
export const gathering = <A>(step: Step<A>): Step<A> => ({ ...step, gathers: true });

/** Takes no voice, and says why: whoever hears one knows who it was. */
export const unvoiced = <A>(key: string, step: Step<A>): Step<A> => ({ ...step, unvoiced: key });

/** Taken whenever it is sent, never asked for. */
export const unasked = <A>(step: Step<A>): Step<A> => ({ ...step, unasked: true });

/** Says something before the question, once the resident arrives at it. */
export const saying = <A>(before: (scene: Scene) => Saying | undefined, step: Step<A>): Step<A> => ({ ...step, before });

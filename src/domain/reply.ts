import type { Id } from './chance.ts';
import type { Exclusion } from './exclusion.ts';

/** What an officer says to the ratings of theirs that were told together: a month and the ones after it. */
export interface Reply {
  id: Id;
  officer: Id;
  /** The unit they sat in when they wrote it. */
  unit: Id;
  /** The batch's months, both included: `2026-02`. */
  from: string;
  to: string;
  text: string;
  /** Why some of them should not count; absent: nothing is asked for. */
  appeal?: Exclusion;
  decision?: Decided;
}

/** What inspection decided of an appeal, and why: final. */
export interface Decided {
  upheld: boolean;
  text: string;
}

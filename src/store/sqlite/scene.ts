import type { Chance, Id } from '../../domain/chance.ts';
import type { PromiseKind } from '../../domain/decision.ts';
import type { OpenConversation } from './conversations.ts';

/** What one decision is applied to, and what came of it so far. */
export interface Scene {
  chance: Chance;
  /** As the audit names them. */
  actor: string;
  /** The conversation whose turn it is. */
  conversation?: OpenConversation;
  /** The inbound being taken. `inCase`: it joined an album that a case has already. */
  inbound?: { id: Id; seq: number; inCase?: true };
  /** The message that shows its words, where that is an earlier one. */
  wordsIn?: Id;
  /** Its resident sees buttons as numbered lines. */
  numbered?: true;
  /** The case an act or a promise is about: what is said without a case of its own goes to its resident. */
  about?: Id;
  promise?: PromiseKind;
  /** The conversation's row is to be written. */
  changed: boolean;
  /** Sealed cases filed by this decision: the conversation remembers them. */
  filedSealed: Id[];
  /** The sealed case this turn's inbound went into. */
  inboundSealedInto?: Id;
  /** Cases this decision answered: what is said in them asks "solved?". */
  answered: Set<Id>;
  /** The note or message made. */
  made?: Id;
  /** The case opened or changed last. */
  touchedCase?: Id;
}

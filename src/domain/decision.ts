import type { CaseContent, CaseFile, CaseVerb, ContactDetails, DueWhy, EventActor } from './case.ts';
import type { Catalogue } from './catalogue.ts';
import type { Chance, Id, Instant } from './chance.ts';
import type { Conversation, Memory } from './conversation.ts';
import type { Encounter } from './encounter.ts';
import type { Saying } from './message.ts';
import type { Officer } from './officer.ts';
import type { Place } from './place.ts';
import type { Invitation, RatingGiven, Source } from './rating.ts';
import type { CaseScope } from './scope.ts';

/** Something a decision must see beyond what is always loaded; asked for at most once, loaded in the same transaction. */
export type Need =
  | { what: 'myCases'; limit: number }
  | { what: 'myCase'; reference: string }
  | { what: 'lookup'; reference: string; code: string; peer?: string }
  | { what: 'invitation'; id: string }
  /** This conversation's right to rate a unit at a place today: always the same one. */
  | { what: 'placed'; place: Place; unit: Id }
  /** The case of a message that is spoken of by the name it is known as. */
  | { what: 'quoted'; knownAs: string }
  /** Answers under seal of which only a notice was sent. */
  | { what: 'veiled' }
  | { what: 'duty'; station: Id; sealed: boolean };

/** What the store found for a need, in the same order as asked. */
export type Found =
  | { what: 'myCases'; cases: readonly MyCase[] }
  | { what: 'myCase'; case?: MyCase }
  /** `limited`: too many wrong tries for this address or reference; the case is not even compared. */
  | { what: 'lookup'; case?: MyCase; limited: boolean }
  | { what: 'invitation'; invitation?: Invitation }
  /** `invitation`: it was made already, under that id. */
  | { what: 'placed'; id: Id; invitation?: Invitation }
  | { what: 'quoted'; case?: MyCase }
  | { what: 'veiled'; waiting: number }
  | { what: 'duty'; present: boolean };

/** A case as its own resident may see it. */
export interface MyCase {
  file: CaseFile;
  content: CaseContent;
  /** Who is at it. */
  owner?: Officer;
  /** The last words by a person, and when. */
  lastAnswer?: { text: string; at: Instant };
  /** Opened by reference and code, not by the conversation that filed it: may read, add and say "not solved". */
  guest: boolean;
  openPromises: readonly PromiseRow[];
  /** Whether it was ever offered for rating, and the system's invitation while it is unused. */
  invited: boolean;
  invitation?: Pick<Invitation, 'id' | 'expiresAt'>;
  /** The same for a visit or call about it. */
  metInvitation?: Pick<Invitation, 'id' | 'expiresAt'>;
  /** Danger to life was named in it: nobody is asked how satisfied they were. */
  danger?: true;
}

/** What a resident's turn decides from: always loaded, bounded. */
export interface Desk {
  conversation: Conversation;
  /** The inbound message being taken: the store gives it its id before deciding. `inCase`: it joined an album that a case has already. */
  message: { id: Id; inCase?: true };
  /** How often, within its window, before this turn. `over` where the allowance is used up. */
  allowance: Readonly<Record<'messages' | 'media', { over: boolean; told: boolean }>>;
  catalogue: Catalogue;
  found: readonly Found[];
}

/** Something owed at a time: a row, unique by case, kind and nth. */
export interface PromiseRow {
  case: Id;
  kind: PromiseKind;
  nth: number;
  dueAt: Instant;
  why?: DueWhy;
  keptAt?: Instant;
}
export const promiseKinds = [
  'first-answer',
  'finish',
  'planned',
  'reminder',
  'closing',
  'ask-again',
  'call',
  'reach-another-way',
  'invitation-reminder',
  'ask-about-contact',
  'hear-from-us',
  'unread',
] as const;
export type PromiseKind = (typeof promiseKinds)[number];

/** What an act on one case decides from. */
export interface CaseDesk {
  /** Absent where the act opens one. */
  file?: CaseFile;
  content?: CaseContent;
  promises: readonly PromiseRow[];
  /** The resident's side: where the case can be answered. */
  resident?: { conversation: Id; channel: string; locale: string; reachable: boolean };
  /** The outbound that asked "solved?" last, and the last words by a person: what became of them. */
  lastAnswer?: { outbound: Id; state: 'pending' | 'sent' | 'waiting' | 'held' | 'blocked' | 'failed'; at: Instant; sentAt?: Instant };
  reminder?: { state: 'pending' | 'sent' | 'waiting' | 'held' | 'blocked' | 'failed'; sentAt?: Instant };
  /** Accounts that the act names, and the owner. */
  officers: readonly Officer[];
  catalogue: Catalogue;
  /** Whether it was ever offered for rating, and the invitation while it is unused. */
  invited: boolean;
  invitation?: Pick<Invitation, 'id' | 'expiresAt'>;
  /** The last visit or call about it that was written down, when one was asked about last, and its invitation while it is unused. */
  met?: { contact: Id; askedAt?: Instant; invitation?: Pick<Invitation, 'id' | 'expiresAt'> };
  /** Danger to life was named in it: nobody is asked how satisfied they were. */
  danger?: true;
}

/** What an event changes of a case's head; `undefined` takes a field away. */
export type CasePatch = { [K in keyof CaseFile]?: CaseFile[K] | undefined };

/** A fact a decision wants to be so. One `apply(changes)` an adapter serves turns, acts and the clock. */
export type Change =
  /** The whole memory after the turn; absent where nothing changed. */
  | { do: 'remember'; memory: Memory }
  /** `forgetAddress`: it is erased until they come back by themselves. */
  | { do: 'setConversation'; locale?: string; reachable?: boolean; forgetAddress?: true }
  | {
      do: 'openCase';
      file: CaseFile;
      content: CaseContent;
      contact?: ContactDetails;
      code: string;
      /** The resident's messages (and with them their media) that become the case's first thread. */
      messages: readonly Id[];
      /** Every turn of the form, personal answers too: under seal they leave the conversation's thread with what was answered to them, shown to no officer. */
      formTurns: readonly Id[];
      media: readonly Id[];
      actor: EventActor;
    }
  /** An event of a case with what it changes of the head; the version rises unless `quiet` (notes, reminders). */
  | {
      do: 'event';
      case: Id;
      verb: CaseVerb;
      actor: EventActor;
      patch?: CasePatch;
      reason?: string;
      reasonCode?: string;
      data?: Record<string, string | number | boolean>;
      quiet?: boolean;
    }
  /** Puts messages of the conversation (this turn's among them) into a case's thread. */
  | { do: 'fileMessages'; case: Id; messages: readonly Id[] }
  | { do: 'note'; case: Id; officer: Id; text: string }
  /** The case, its messages, answers and files go under seal; the conversation keeps the only tie. */
  | { do: 'seal'; case: Id; subjects?: CaseFile['subjects'] }
  | { do: 'promise'; case: Id; kind: PromiseKind; nth: number; dueAt: Instant; why?: DueWhy }
  /** Kept, or given up where it is owed no longer; `nth` absent: every open one of the kind. */
  | { do: 'keep'; case: Id; kind: PromiseKind; nth?: number }
  | { do: 'openContact'; case: Id; reasonCode: string }
  | {
      do: 'raiseEmergency';
      id: Id;
      level: 'now' | 'risk' | 'mention';
      station: Id;
      toInspection: boolean;
      case?: Id;
      ruleDate: string;
      rule: string;
    }
  /** The system's one invitation for a closed case. */
  | { do: 'invite'; contact: Id; invitation: Id; case: Id; source: Source; expiresAt: Instant }
  /** An officer met the case's resident, or spoke with them. */
  | { do: 'meet'; contact: Id; case: Id; officer: Id; how: Encounter }
  /** The system's one invitation about such a contact. */
  | { do: 'askAboutContact'; contact: Id; invitation: Id; case: Id; expiresAt: Instant }
  /** The lot fell on others: this case is not asked about, now or later. */
  | { do: 'leaveUnasked'; contact: Id; case: Id }
  /** The right to rate a unit by the code of a place; `day`: its local midnight, all that is kept of when. */
  | { do: 'inviteAt'; contact: Id; invitation: Id; place: Place; unit: Id; source: Source; day: Instant; expiresAt: Instant }
  /** Rates, or changes the rating given by it. `turns`: what was said in the form, which goes when the tie is broken. */
  | { do: 'useInvitation'; invitation: Id; rating: RatingGiven; turns: readonly Id[] }
  /** The rating given by it is followed up with its resident: not once more without. */
  | { do: 'followUp'; invitation: Id }
  | { do: 'count'; allowance: 'messages' | 'media'; told?: boolean }
  | { do: 'wrongLookup'; reference: string; peer?: string }
  | { do: 'linkGuest'; case: Id }
  /** What waits behind a notice goes out with its words, a few at a time, the oldest first. */
  | { do: 'unveil' };

/** `refuse` is a stable code of `domain/refusal.ts`. */
export type Decision =
  | {
      changes: readonly Change[];
      say: readonly Saying[] /** For a turn answered in the same response. */;
      result?: Readonly<Record<string, unknown>>;
    }
  | { needs: readonly Need[] }
  | { refuse: string; detail?: Readonly<Record<string, string>> };

export type DecideTurn = (desk: Desk, chance: Chance) => Decision;
export type DecideAct = (desk: CaseDesk, chance: Chance) => Decision;
/** Low ratings of one unit that are nobody's any more and that nobody asked to have looked into, together. */
export interface LowRatings {
  unit: Id;
  count: number;
  /** How often each reason was given. */
  reasons: Readonly<Record<string, number>>;
  /** Those they were about: what is found is kept from them. */
  rated: readonly Officer[];
}
export type DecideLowRatings = (low: LowRatings, catalogue: Catalogue, chance: Chance) => Decision;
export type DecidePromise = (desk: CaseDesk, promise: PromiseRow, chance: Chance) => Decision;

/** Who reads or acts. A read by an officer leaves an audit entry where a sealed case is in it. */
export type Actor = { kind: 'resident'; conversation: Id } | { kind: 'officer'; officer: Id; scope: CaseScope } | { kind: 'clock' };

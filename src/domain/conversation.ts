import type { Id, Instant } from './chance.ts';

/** A form being filled: answers and skips, never a position. */
export interface Intake {
  /** 8 letters: fits in a button. */
  id: Id;
  flow: string;
  /** What the flow was begun about: a case's reference, an invitation's id. */
  subject?: string;
  answers: Readonly<Record<string, unknown>>;
  skipped: readonly string[];
  /** Repeatable steps that are finished. */
  done: readonly string[];
  /** Wrong answers in a row to the step now asked. */
  misses: number;
  status: 'open' | 'parked' | 'submitted' | 'abandoned';
  /** The step being edited from the review. */
  editing?: string;
  /** Which screen of a long list is shown, from 0. */
  page?: number;
  startedAt: Instant;
  touchedAt: Instant;
  /** Ids of the messages that filled it: they go with the case it becomes. */
  messages: readonly Id[];
  /** Those of them that hold contact details or a code: never in a case's thread. */
  privateMessages?: readonly Id[];
}

/** What a conversation remembers between turns: one sealed blob in its row. */
export interface Memory {
  intake?: Intake;
  parked: readonly Intake[];
  /** The last intake that was filed or given up: a late tap on it is answered kindly. */
  finished?: { intake: Id; reference?: string };
  /** Words and media that fitted nothing yet: offered to a case or a door, never dropped. */
  loose: readonly { message: Id; text?: string; media: readonly Id[] }[];
  /** The two texts before this one, for the danger rules. */
  lastTexts: readonly string[];
  /** Sealed cases filed here: the only list that names them. */
  sealedCases: readonly Id[];
  /** Cases opened here by reference and code. */
  guestCases: readonly Id[];
  /** Answered "is this your own phone?": false keeps nothing on the device. */
  ownPhone?: boolean;
  greeted: boolean;
  /** The album whose parts are coming in: later ones join its message. `quiet`: danger was named in it, and nothing more is asked. */
  album?: { group: string; message: Id; quiet?: true };
  /** Over a channel without buttons: what was shown last to choose from, as taps in text, and the place of what showed it. `unasked`: nobody had just written. */
  offered?: { seq: number; taps: readonly string[]; unasked?: true };
  /** What had waited and was handed back with the answer to a message: a repeat of that message is given it again. */
  handedBack?: { to: Id; outbound: readonly Id[] };
  /** Outbounds under seal whose words were asked for behind their notice. */
  unveiled?: readonly Id[];
  /** Answers in sealed cases come with their words, as this resident chose; else only that there is one. */
  plainPushes?: boolean;
}

export const emptyMemory: Memory = { parked: [], loose: [], lastTexts: [], sealedCases: [], guestCases: [], greeted: false };

export interface Conversation {
  id: Id;
  channel: string;
  locale: string;
  reachable: boolean;
  memory: Memory;
}

import type { Id, Instant } from './chance.ts';
import type { Tap } from './tap.ts';

/** A photo, voice note, video or document, known by its random id. */
export interface Media {
  id: Id;
  kind: MediaKind;
  /** The type of what is kept, once kept: `image/jpeg`. */
  mime?: string;
  bytes?: number;
  /** `stored`: on disk, encrypted. `stub`: could not be had (yet). `gone`: deleted. */
  state: 'stored' | 'stub' | 'gone';
  /** Why a stub is a stub: `too-big`, `unreadable`, `no-space`, `gone`, `not-fetched`. */
  why?: string;
  /** What the channel needs to fetch it later. */
  fetchRef?: string;
  /** The file's own key, 32 bytes, while it crosses the port; stored only sealed under the conversation's or case's key. */
  fileKey?: Uint8Array;
  /** SHA-256 of the encrypted file, hex. */
  cipherSha256?: string;
  /** The resident's file name; sealed. */
  shownName?: string;
}
export type MediaKind = 'photo' | 'voice' | 'audio' | 'video' | 'document';

/** What a resident sent, stripped of its channel. */
export type Input =
  | { type: 'text'; text: string }
  /** `messageId`: what the message was known as when it came. */
  | { type: 'edited'; text: string; messageId: string }
  | { type: 'tap'; tap: Tap }
  /** `group`: parts of one album come one by one and become one message. */
  | { type: 'media'; items: readonly Media[]; group?: string; caption?: string }
  | { type: 'place'; latitude: number; longitude: number; datum: 'wgs84' | 'gcj02'; label?: string }
  | { type: 'start'; payload: string }
  | { type: 'command'; name: CommandName }
  | { type: 'lookup'; reference: string; code: string }
  | { type: 'reachability'; to: 'blocked' | 'back' | 'left' }
  | { type: 'unknown'; what: string };

export const commandNames = ['home', 'back', 'skip', 'done', 'cancel', 'help', 'human', 'language'] as const;
export type CommandName = (typeof commandNames)[number];

/** One thing that reached us from one resident, in plain data. */
export interface Inbound {
  channel: string;
  bot: string;
  /** The channel's own id of it, or the page's message id: the dedupe key with channel and bot. */
  updateId: string;
  /** The channel's address of the resident, in clear: the store seals it and finds it by HMAC. */
  address: string;
  /** For a conversation that starts here. */
  locale: string;
  input: Input;
  /** The channel's own name of this message, unique within the channel: edits and quotes speak of it by that name. */
  knownAs?: string;
  /** What an earlier message is known as that this one is an answer to. */
  quotes?: string;
  /** Unknown updates only: kept sealed for 7 days. */
  raw?: string;
  sentAt?: Instant;
  /** Set by a channel without buttons: what can be tapped is shown as numbered lines, and a number typed is a tap. */
  numbered?: boolean;
  /** Set by a channel that may write only for a while after its residents did: what was held goes now. */
  opensWindow?: boolean;
  /** Set by the channel where it knows who shares an address (an IP prefix, hashed): the look-up limits count by it. */
  peer?: string;
}

/** Something to say, as a key of `locales/` and its values; words come from `render`. */
export interface Saying {
  /** `namespace:path`, e.g. `report:details.ask`. */
  key: string;
  values?: Readonly<Record<string, string | number>>;
  buttons?: readonly (readonly Button[])[];
  /** What the channel may offer to help answering: a keyboard with numbers, a location request, a photo picker. */
  expects?: 'text' | 'choice' | 'place' | 'phone' | 'photos' | 'nothing';
  /** Takes the place of `••••` in the words when sent; sealed, wiped once sent, shown nowhere else. */
  secret?: string;
  /** The case it belongs to. Absent: the conversation's own thread. */
  case?: Id;
  /** Shown to no officer, though it belongs to a case: who was asked to rate, and who was reminded, would tell who did. */
  private?: true;
  /** Said by an officer: their words, signed. Otherwise the bot speaks. */
  by?: { officer: Id; signature: string; text: string };
  media?: readonly Media[];
  /** Not before. */
  at?: Instant;
  /** Fills the place of an unsent outbound with the same name in this conversation. */
  replaces?: string;
}

export interface Button {
  /** A key of `locales/` (with values), or words of the catalogue in the resident's locale. */
  label: { key: string; values?: Readonly<Record<string, string | number>> } | { words: string };
  tap: Tap;
  /** `plain` unless said. */
  style?: 'plain' | 'primary' | 'danger';
}

/** A saying put into words: what the resident is told, kept as it was told. */
export interface Body {
  text: string;
  by: { kind: 'bot' } | { kind: 'officer'; signature: string } | { kind: 'resident' };
  buttons?: readonly (readonly { label: string; tap: string; style?: 'plain' | 'primary' | 'danger' }[])[];
  expects?: Saying['expects'];
  media?: readonly Pick<Media, 'id' | 'kind' | 'mime' | 'bytes' | 'state' | 'why'>[];
}

/** What the outbox hands to a channel. */
export interface Outbound {
  id: Id;
  conversation: Id;
  channel: string;
  /** Opened for the sender alone. */
  address: string;
  /** The resident's language, for what the channel itself says around the words. */
  locale: string;
  /** Order within everything said and heard. */
  seq: number;
  body: Body;
  secret?: string;
  at: Instant;
  attempts: number;
  /** Parts (0-based) known to be sent: never sent again. */
  partsSent: readonly number[];
  /** Its earlier outcome is not known: sending it may repeat it. */
  possiblyRepeated: boolean;
  /** Answers what its resident just sent: never behind what goes to many. */
  interactive: boolean;
  /** Said unasked in a sealed case: where a phone would show the words to whoever looks, only that there is an answer, until its resident taps. */
  veiled: boolean;
}

/** What came of sending. `sent` unconfirmed is shown as *waiting* until the resident's page has it. */
export type SendOutcome =
  | { is: 'sent'; knownAs?: string; confirmed: boolean }
  | { is: 'blocked' | 'refused' | 'held' | 'unknown'; reason?: string }
  | { is: 'later'; at: Instant; reason?: string };

export interface Settlement {
  outbound: Id;
  /** Which part of several; absent: the whole. */
  part?: number;
  outcome: SendOutcome;
}

/** What became of a file that its channel did not push: kept, lost with its why and the word for it, or to be tried again. */
export type Pulled = { media: Media; say?: Saying } | { media: Pick<Media, 'id'>; later: Instant };

export const deliveryStates = ['pending', 'sent', 'waiting', 'held', 'blocked', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** The truth about one outbound message, as an officer sees it. */
export interface Delivery {
  state: DeliveryState;
  at: Instant;
  reason?: string;
  possiblyRepeated: boolean;
}

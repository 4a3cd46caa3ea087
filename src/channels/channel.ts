import type { FastifyPluginAsync } from 'fastify';
import type { Id } from '../domain/chance.ts';
import type { Inbound, Media, Outbound, Saying, SendOutcome, Settlement } from '../domain/message.ts';
import type { TextLimit } from '../domain/pieces.ts';

/** What a channel can show and take; steps are rendered through it. */
export interface Capabilities {
  buttons: boolean;
  /** Can lay the answer into the response to the inbound itself (WeChat's passive reply). */
  inlineReply: boolean;
  media: boolean;
  /** Longest text of one part; texts are cut by the channel, never inside a grapheme. Absent: no limit. */
  textLimit?: TextLimit;
}

/** What became of an inbound: resolves only after COMMIT. */
export interface Received {
  /** Taken before: nothing changed, and the same answer is given again. */
  repeat: boolean;
  conversation: Id;
  /** The inbound's own place in the order of everything said and heard. */
  seq: number;
  /**
   * What this turn said. Where the channel answers in the same response it is the channel's: it lays out what fits and settles that,
   * and gives the rest to `send`; what it does neither with goes by itself after a minute. For other channels it is on its way already.
   */
  outbound: readonly Outbound[];
  /** A look-up's answer, an allowance used up: small facts the page shows. */
  result: Readonly<Record<string, unknown>>;
}

/** One line of a conversation as its own resident may read it again. */
export interface ThreadLine {
  id: Id;
  seq: number;
  at: number;
  /** The resident's own words, or what they were told. */
  from: 'resident' | 'bot' | 'officer';
  text: string;
  signature?: string;
  buttons: readonly (readonly { label: string; tap: string; style?: 'plain' | 'primary' | 'danger' }[])[];
  expects?: Saying['expects'];
  media: readonly Pick<Media, 'id' | 'kind' | 'mime' | 'bytes' | 'state' | 'why'>[];
  /** The client's own id of a message it sent. */
  clientId?: string;
  /** A secret part not yet acknowledged by the page; shown once. */
  secret?: string;
}

/** The desk as a channel sees it: everything a channel may ask of the rest. */
export interface DeskForChannel {
  /** Takes one inbound; throws `Refused('unavailable')` where the store cannot now: let the channel deliver again. */
  receive(inbound: Inbound): Promise<Received>;
  settle(settlements: readonly Settlement[]): Promise<void>;
  /** Has sent what an answer in the same response left over, one after another. */
  send(outbound: readonly Outbound[]): void;
  /** Keeps pushed bytes: re-encoded, stripped of metadata, encrypted, fsynced. What can't be kept comes back as a stub with its why. */
  keep(bytes: Uint8Array, about: { kind: Media['kind']; shownName?: string }): Promise<Media>;
  /** The conversation's lines after a place in the order, oldest first. */
  thread(address: string, after: number, limit: number): Promise<readonly ThreadLine[]>;
  /** A file of this conversation, decrypted. */
  openMedia(address: string, media: Id): Promise<{ mime: string; bytes: Uint8Array } | undefined>;
  words(key: string, locale: string, values?: Readonly<Record<string, string | number>>): string;
  /** The station's name as residents read it; empty until the first-run checklist is done. */
  stationName(): string;
  /** 32 bytes for the channel's own signatures, derived from the key outside the database. */
  key(purpose: string): Uint8Array;
  now(): number;
}

/** A file that its channel does not give: `too-big` for it, `gone` from it, or `unavailable`, which may yet pass. */
export interface Lost {
  lost: 'too-big' | 'gone' | 'unavailable';
}

/** Told of what was of no use and of what failed, by a short name: never of content. */
export type Note = (what: string, about?: Readonly<Record<string, string | number>>) => void;

/** One way residents reach the desk. Knows its wire; never the store, the flows or the words' files. */
export interface Channel {
  readonly name: string;
  /** Which account of ours residents write to: an update's id is its own, and so are its residents. */
  readonly bot: string;
  readonly can: Capabilities;
  start(desk: DeskForChannel): Promise<void>;
  send(outbound: Outbound): Promise<SendOutcome>;
  /** For media the channel did not push: their bytes, or why they can't be had. Throws where the channel itself can't be reached. */
  fetch(media: Media): Promise<Uint8Array | Lost>;
  /** Routes of the channel: its webhook, its page. */
  plugin?: FastifyPluginAsync;
  stop(): Promise<void>;
}

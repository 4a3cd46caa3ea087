import type { Answered, CaseEvent, CaseFile, ContactDetails } from '../domain/case.ts';
import type { Catalogue, StationSettings, Unit } from '../domain/catalogue.ts';
import type { Id, Instant } from '../domain/chance.ts';
import type { Actor, DecideAct, DecidePromise, DecideTurn, PromiseRow } from '../domain/decision.ts';
import type { Body, Delivery, Inbound, Media, Outbound, Pulled, Saying, Settlement } from '../domain/message.ts';
import type { Officer } from '../domain/officer.ts';
import type { CaseScope } from '../domain/scope.ts';
import type { RatingStore } from './ratings.ts';

/** Puts a saying into words; pure. */
export type Render = (saying: Saying, locale: string) => Body;

/** What became of a turn; resolves only after COMMIT. */
export interface Taken {
  repeat: boolean;
  conversation: Id;
  seq: number;
  /** Already leased by this run where it may go at once (its conversation has no earlier unsettled outbound). */
  outbound: readonly Outbound[];
  result: Readonly<Record<string, unknown>>;
}

/** What one run has leased; `pulls` counts the times a file was tried before. */
export interface Claimed {
  outbound: readonly Outbound[];
  toPull: readonly { media: Media; channel: string; pulls: number }[];
}

/** An officer's act on a case, or the opening of one. */
export interface Act {
  actor: Actor;
  /** Absent where the act opens a case. */
  reference?: string;
  /** The version the writer saw; absent where the act needs none. */
  seen?: number;
  /** Idempotency-Key with its route and the SHA-256 of the body, hex: kept 7 days in the same transaction. */
  once?: { route: string; key: string; bodyHash: string };
  /** Usernames the act names: their accounts are handed to the decision. */
  names?: readonly string[];
  decide: DecideAct;
}
export type Acted =
  | { done: true; repeat: boolean; reference: string; version: number; made?: Id; outbound: readonly Outbound[] }
  | { done: false; refuse: string; detail?: Readonly<Record<string, unknown>>; changed?: readonly CaseEvent[] };

/** The queue, filters and search; every field narrows. */
export interface CaseQuery {
  status?: readonly string[];
  kind?: string;
  topic?: string;
  /** Unit id: the unit and all below. */
  unit?: Id;
  area?: string;
  /** Officer id, or null for cases nobody owns. */
  owner?: Id | null;
  /** Due before this instant and still open. */
  dueBefore?: Instant;
  /** Words to search in the messages; one Chinese character is enough. */
  words?: string;
  /** Only cases with words of the resident the reader's side has not opened since. */
  sealedOnly?: boolean;
  sort: 'due' | 'opened' | 'updated';
  /** From `next`: opaque, and `invalid` where it was changed or made up, as in every list. */
  after?: string;
  limit: number;
}

/** A line of the queue. */
export interface CaseLine {
  file: CaseFile;
  summary: string;
  ownerUsername?: string;
  /** Words of the resident since anyone of the desk last wrote or opened it. */
  unread: boolean;
  /** What stands in the way of an answer already written. */
  delivery?: Delivery['state'];
  updatedSeq: number;
}

export interface CaseMessage {
  id: Id;
  seq: number;
  at: Instant;
  direction: 'in' | 'out';
  from: 'resident' | 'bot' | 'officer';
  signature?: string;
  /** With `••••` where a secret part was. */
  text: string;
  /** Earlier texts of an edited message, oldest first. */
  edits: readonly string[];
  media: readonly Pick<Media, 'id' | 'kind' | 'mime' | 'bytes' | 'state' | 'why'>[];
  delivery?: Delivery;
}

/** Words of the desk that their resident does not have. */
export interface DeliveryLine {
  reference: string;
  sealed: boolean;
  message: Id;
  from: 'bot' | 'officer';
  channel?: string;
  delivery: Delivery;
}

/** A case opened by an officer: the read has left its audit entry where the case is sealed. */
export interface CaseView {
  file: CaseFile;
  summary: string;
  named?: string;
  answers: readonly Answered[];
  messages: readonly CaseMessage[];
  events: readonly CaseEvent[];
  notes: readonly { id: Id; at: Instant; officer: Id; text: string }[];
  promises: readonly PromiseRow[];
  resident: { alias: string; channel: string; reachable: boolean; hasContact: boolean };
  owner?: Officer;
}

export interface EmergencyLine {
  id: Id;
  level: 'now' | 'risk' | 'mention';
  raisedAt: Instant;
  station: Id;
  toInspection: boolean;
  reference?: string;
  alias: string;
  /** The words that raised it, for those it is routed to. */
  text: string;
  rule: string;
  acknowledgedBy?: Id;
  acknowledgedAt?: Instant;
}

export interface AuditEntry {
  chain: Id;
  seq: number;
  at: Instant;
  actor: string;
  verb: string;
  subject: string;
  version: number | null;
  reasonCode: string | null;
}
export type ChainState =
  | { is: 'whole'; entries: number }
  | { is: 'broken'; at: number; why: string }
  | { is: 'tail-missing'; after: number }
  | { is: 'no-outside-head'; entries: number }
  | { is: 'trigger-missing'; trigger: string };

/** An officer's sign-in, revocable; known by the digest of its token. */
export interface Session {
  officer: Officer;
  expiresAt: Instant;
  onDuty: boolean;
}

/** A fact of the feed: which case changed, and nothing of it. Scope is applied when sending. */
export interface FeedItem {
  /** Its place among all events: never shown, since its gaps would count what is hidden. */
  seq: number;
  /** The same place for whoever listens: opaque, no two of one place alike. */
  mark: string;
  file: Pick<CaseFile, 'id' | 'reference' | 'version' | 'kind' | 'about' | 'sealed' | 'unit' | 'station' | 'teamConcerned' | 'subjects'>;
}

/** One atomic fact each; resolves only after COMMIT. Expected refusals are `Refused`; a sick disk is `Refused('unavailable')`. */
export interface Store extends RatingStore {
  takeTurn(inbound: Inbound, decide: DecideTurn, render: Render): Promise<Taken>;
  act(act: Act, render: Render): Promise<Acted>;
  /** Due promises, once each; returns how many were dealt with. */
  tick(now: Instant, limit: number, decide: DecidePromise, render: Render): Promise<{ done: number; outbound: readonly Outbound[] }>;

  /** Leases what is to be done over channels now: pending outbounds, oldest first in each conversation, and files still to be pulled. */
  claim(limit: number, until: Instant): Promise<Claimed>;
  /** What became of what was sent, and of files pulled from their channel; a file lost is told of in the same breath. */
  settle(settlements: readonly Settlement[], pulled?: readonly Pulled[], render?: Render): Promise<void>;
  /** Which of these files a message or case holds: the others were left by a process that died, or by a repeat. */
  heldMedia(ids: readonly Id[]): Promise<readonly Id[]>;

  findCases(
    scope: CaseScope,
    reader: Id,
    query: CaseQuery,
  ): Promise<{ items: readonly CaseLine[]; next?: string; total: number; totalIsFloor: boolean }>;
  readCase(scope: CaseScope, reader: Id, reference: string): Promise<CaseView | undefined>;
  readContact(scope: CaseScope, reader: Id, reference: string): Promise<ContactDetails | undefined>;
  /** A file of a case in scope, with its key opened. */
  readMedia(
    by: { scope: CaseScope; reader: Id } | { channel: string; bot: string; address: string },
    media: Id,
  ): Promise<Media | undefined>;
  readThread(channel: string, bot: string, address: string, after: number, limit: number): Promise<readonly ThreadMessage[]>;

  /** What has not reached its resident, of cases in reach: waiting, held, blocked, failed, or pending for too long. Newest first. */
  findDeliveries(
    scope: CaseScope,
    reader: Id,
    after: string | undefined,
    limit: number,
  ): Promise<{ items: readonly DeliveryLine[]; next?: string }>;

  /** With a reader it is a reading: it leaves its audit entry where a sealed case is among them. */
  findEmergencies(scope: CaseScope, open: boolean, reader?: Id): Promise<readonly EmergencyLine[]>;
  acknowledgeEmergency(scope: CaseScope, officer: Id, id: Id): Promise<boolean>;

  /**
   * The feed after a place, or a mark that was given out: how far it was read and that place's mark, even where nothing is in reach.
   * `from`: the place begun at; absent where the mark leads nowhere (any more), and then the feed is begun at its end.
   */
  feed(after: number | string, limit: number): Promise<{ items: readonly FeedItem[]; last: number; mark: string; from?: number }>;
  /** Told after each commit that put something in the feed, among the emergencies, or in the outbox for whoever looks next. Returns how to stop. */
  onCommit(listener: (what: { feed: boolean; outbox: boolean; emergencies: boolean }) => void): () => void;

  catalogue(): Catalogue;
  saveSettings(by: Id | 'command-line', settings: Partial<StationSettings>): Promise<void>;
  /** `once` as with an act: a repeat changes nothing. */
  saveUnit(by: Id | 'command-line', unit: Omit<Unit, 'id'> & { id?: Id }, once?: Act['once']): Promise<Id>;

  officers(): Promise<readonly Officer[]>;
  /** Creates or changes; a new password comes as an argon2id hash. Ends the account's sessions where the password, role or unit changed. */
  saveOfficer(by: Id | 'command-line', officer: OfficerChange, once?: Act['once']): Promise<SavedOfficer>;
  /** For signing in: the account with its hash, whatever its state. */
  findSignIn(username: string): Promise<{ officer: Officer; passwordHash: string } | undefined>;
  /** Counts a try at signing in against the account and the address, before it is judged; true where it may go on. */
  allowSignIn(username: string, peer: string, succeeded?: boolean): Promise<boolean>;
  openSession(tokenDigest: string, officer: Id, expiresAt: Instant): Promise<void>;
  findSession(tokenDigest: string): Promise<Session | undefined>;
  endSession(tokenDigest: string): Promise<void>;
  /** Whether its holder is at the desk: emergencies look for them until `presentUntil`. */
  markDuty(tokenDigest: string, onDuty: boolean, presentUntil: Instant): Promise<void>;

  /** Newest first. `within`: entries about cases out of this scope are left out, as if they were not there. */
  audit(
    chains: readonly Id[] | 'all',
    subjects: 'all' | 'accounts',
    after: string | undefined,
    limit: number,
    within?: CaseScope,
  ): Promise<{ items: readonly AuditEntry[]; next?: string }>;
  verifyAudit(): Promise<readonly { chain: Id; state: ChainState }[]>;
  health(): Promise<StoreHealth>;
  close(): Promise<void>;
}

export interface ThreadMessage {
  id: Id;
  seq: number;
  at: Instant;
  body: Body;
  /** The channel's id of an inbound. */
  updateId?: string;
  secret?: string;
}

/** `repeat`: an earlier request with the same key saved it, and this one changed nothing. */
export type SavedOfficer = Officer & { repeat?: true };

export interface OfficerChange {
  id?: Id;
  username: string;
  role: Officer['role'];
  unit: Id;
  publicName: string;
  badge?: string;
  passwordHash?: string;
  oneTimeUntil?: Instant | null;
  disabled?: boolean;
  /** The version the writer saw. */
  seen?: number;
}

export interface StoreHealth {
  writable: boolean;
  /** Of the oldest outbound that should have gone, ms. */
  outboxAge: number;
  pendingByChannel: Readonly<Record<string, number>>;
  deadLetters: number;
  possiblyRepeated: number;
  sealedWaitingUnread: number;
  promisesOverdue: number;
  freeBytes: number;
}

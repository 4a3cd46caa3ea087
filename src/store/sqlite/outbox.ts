import type Database from 'better-sqlite3';
import type { Id, Instant } from '../../domain/chance.ts';
import type { Body, Outbound } from '../../domain/message.ts';
import type { Conversations, OpenConversation } from './conversations.ts';
import type { KeyRing } from './keys.ts';
import { whereInMessage } from './message-row.ts';
import type { Ties } from './ties.ts';
import type { Waiting } from './waiting.ts';

/** An outbound about to be owed. */
export interface Owed {
  id: Id;
  /** Where it goes; undefined where the case has no channel to its resident. */
  to: Pick<OpenConversation, 'id' | 'channel' | 'key' | 'reachable' | 'hasAddress' | 'address' | 'memory' | 'locale'> | undefined;
  /** The case it is said in, and whether it must leave the conversation's thread. */
  within: { id: Id; key: Id; sealed: boolean; station: Id } | undefined;
  hidden: boolean;
  body: Body;
  secret?: string;
  inReplyTo?: Id;
  notBefore?: Instant;
  replaces?: string;
  purpose?: string;
}

interface OutboundRow {
  seq: number;
  id: Id;
  conversation: Id | null;
  case_id: Id | null;
  channel: string | null;
  body: Buffer;
  secret: Buffer | null;
  at: Instant;
  attempts: number;
  possibly_repeated: number;
  in_reply_to: Id | null;
}

const COLUMNS = 'seq, id, conversation, case_id, channel, body, secret, at, attempts, possibly_repeated, in_reply_to';

/** How long a run may take to settle what it leased as it was said. */
const LEASE_MS = 60_000;

/** The rows of what is to be sent: leased by one run at a time, in order within a conversation. */
export class Outbox {
  readonly #keys: KeyRing;
  readonly #conversations: Conversations;
  readonly #ties: Ties;
  readonly #waiting: Waiting;
  readonly #run: Id;
  readonly #insert: Database.Statement<[Record<string, unknown>]>;
  readonly #partsOf: Database.Statement<[Id], number>;
  readonly #unsettled: Database.Statement<[string, Instant, number], number>;
  readonly #byId: Database.Statement<[Id], OutboundRow>;
  readonly #due: Database.Statement<[{ now: Instant; limit: number }], OutboundRow>;
  readonly #inLanes: Database.Statement<[{ lanes: string; now: Instant }], OutboundRow>;
  readonly #lease: Database.Statement<[Id, Instant, number]>;
  readonly #left: Database.Statement<[Instant, number]>;
  readonly #expired: Database.Statement<[Instant]>;
  readonly #hasDue: Database.Statement<[{ now: Instant }], number>;
  readonly #giveBack: Database.Statement<[Id]>;
  readonly #orphaned: Database.Statement<[]>;

  constructor(sqlite: Database.Database, parts: { keys: KeyRing; conversations: Conversations; ties: Ties; waiting: Waiting; run: Id }) {
    this.#keys = parts.keys;
    this.#conversations = parts.conversations;
    this.#ties = parts.ties;
    this.#waiting = parts.waiting;
    this.#run = parts.run;
    this.#insert = sqlite.prepare(
      `insert into messages (id, conversation, case_id, direction, from_kind, hidden, body, at, in_reply_to, state, lane, channel, run, lease_until,
         attempts, due_at, replaces, secret, reason, settled_at, purpose)
       values (@id, @conversation, @case, 'out', @from, @hidden, @body, @at, @inReplyTo, @state, @lane, @channel, @run, @leaseUntil,
         @attempts, @dueAt, @replaces, @secret, @reason, @settledAt, @purpose)`,
    );
    this.#partsOf = sqlite.prepare<[Id], number>('select part from outbound_parts where message = ? order by part').pluck();
    this.#unsettled = sqlite
      .prepare<[string, Instant, number], number>(
        'select 1 from messages where lane in (select value from json_each(?)) and (attempts > 0 or due_at <= ?) and seq < ? limit 1',
      )
      .pluck();
    this.#byId = sqlite.prepare(`select ${COLUMNS} from messages where id = ? and direction = 'out'`);
    this.#due = sqlite.prepare(
      `select ${COLUMNS} from messages m where state = 'pending' and due_at <= @now and not exists
         (select 1 from messages e where e.lane = m.lane and e.seq < m.seq and (e.attempts > 0 or e.due_at <= @now))
       order by seq limit @limit`,
    );
    this.#inLanes = sqlite.prepare(
      `select ${COLUMNS} from messages where lane in (select value from json_each(@lanes)) and state = 'pending' and due_at <= @now order by seq`,
    );
    this.#lease = sqlite.prepare(
      "update messages set state = 'leased', run = ?, lease_until = ?, attempts = attempts + 1, freed = 0 where seq = ?",
    );
    this.#left = sqlite.prepare("update messages set state = 'blocked', lane = null, reason = 'left', settled_at = ? where seq = ?");
    this.#expired = sqlite.prepare(
      "update messages set state = 'pending', possibly_repeated = 1, run = null, lease_until = null where state = 'leased' and lease_until < ?",
    );
    this.#hasDue = sqlite
      .prepare<[{ now: Instant }], number>(
        `select 1 where exists (select 1 from messages where state = 'pending' and due_at <= @now)
           or exists (select 1 from messages where state = 'leased' and lease_until < @now)`,
      )
      .pluck();
    this.#giveBack = sqlite.prepare(
      "update messages set state = 'pending', run = null, lease_until = null, attempts = attempts - 1 where id = ? and state = 'leased'",
    );
    this.#orphaned = sqlite.prepare(
      "update messages set state = 'pending', possibly_repeated = 1, run = null, lease_until = null where state = 'leased'",
    );
  }

  /** Whether something said earlier to whoever's lanes these are is not settled yet: what comes after it must wait for it. `before`: a place in the order; absent: now. */
  isHeldUp(lanes: readonly string[], now: Instant, before = Number.MAX_SAFE_INTEGER): boolean {
    return this.#unsettled.get(JSON.stringify(lanes), now, before) === 1;
  }

  /** Owes an outbound. Leased at once where `goesNow`, and then handed back to be sent. */
  owe(owed: Owed, now: Instant, goesNow: boolean): { id: Id; seq: number; outbound?: Outbound } {
    const { to, within, body } = owed;
    const lane = laneOf(owed);
    const key = within?.key ?? to?.key;
    if (key === undefined) throw new Error('nowhere-to-say-it');
    const { id } = owed;
    const undeliverable = whyNot(to);
    const leased = goesNow && undeliverable === undefined && owed.notBefore === undefined;
    const row = {
      id,
      conversation: within?.sealed ? null : (to?.id ?? null),
      case: within?.id ?? null,
      from: body.by.kind,
      hidden: owed.hidden ? 1 : 0,
      body: this.#keys.sealJson(key, whereInMessage.body(id), body),
      at: now,
      inReplyTo: owed.inReplyTo ?? null,
      dueAt: owed.notBefore ?? now,
      secret: owed.secret === undefined ? null : this.#keys.seal(key, whereInMessage.secret(id), owed.secret),
      purpose: owed.purpose ?? null,
    };
    const { lastInsertRowid } = this.#insert.run({
      ...row,
      state: leased ? 'leased' : !to ? 'failed' : undeliverable ? 'blocked' : 'pending',
      lane: undeliverable === undefined ? lane : null,
      channel: to?.channel ?? null,
      run: leased ? this.#run : null,
      leaseUntil: leased ? now + LEASE_MS : null,
      attempts: leased ? 1 : 0,
      replaces: owed.replaces ?? null,
      reason: undeliverable ?? null,
      settledAt: undeliverable === undefined ? null : now,
    });
    const seq = Number(lastInsertRowid);
    if (!leased || !to) return { id, seq };
    const outbound = {
      id,
      conversation: to.id,
      channel: to.channel,
      address: to.address(),
      locale: to.locale,
      seq,
      body,
      ...(owed.secret !== undefined && { secret: owed.secret }),
      at: now,
      attempts: 1,
      partsSent: [],
      possiblyRepeated: false,
      ...mannerOf(id, owed.inReplyTo, within?.sealed === true, to),
    };
    return { id, seq, outbound };
  }

  /** Whether anything may be to send, or was leased for too long. */
  hasDue(now: Instant): boolean {
    return this.#hasDue.get({ now }) === 1;
  }

  /** Leases what may go now: in each conversation nothing before what was said earlier, be that held by its channel. */
  claim(limit: number, until: Instant, now: Instant): Outbound[] {
    this.#expired.run(now);
    return this.#due.all({ now, limit }).flatMap((row) => {
      const conversation = this.#conversationOf(row);
      // A sealed case is a lane of its own, which only its resident's envelope knows of.
      if (conversation && conversation.memory.sealedCases.length > 0 && this.isHeldUp(lanesOf(conversation), now, row.seq)) return [];
      const held = conversation && this.#waiting.held(conversation, row.seq);
      if (held) {
        this.#waiting.holdBehind(conversation, held, now);
        return [];
      }
      const opened = this.opened({ ...row, attempts: row.attempts + 1 }, conversation);
      if (opened) this.#lease.run(this.#run, until, row.seq);
      else this.#left.run(now, row.seq);
      return opened ? [opened] : [];
    });
  }

  /** Leases what waits for a resident and may go, all of it in order: for a channel that answers in the same response. */
  lease(whose: OpenConversation, now: Instant): Outbound[] {
    return this.#inLanes.all({ lanes: JSON.stringify(lanesOf(whose)), now }).flatMap((row) => {
      const opened = this.opened({ ...row, attempts: row.attempts + 1 }, whose);
      if (opened) this.#lease.run(this.#run, now + LEASE_MS, row.seq);
      return opened ? [opened] : [];
    });
  }

  /** What was leased as it was said and then could not be handed over: it waits for whoever claims next. */
  giveBack(ids: readonly Id[]): void {
    for (const id of ids) this.#giveBack.run(id);
  }

  /** What a dead run had leased may have gone or not: it goes again, and says so. */
  takeOver(): void {
    this.#orphaned.run();
  }

  /** An outbound as it was said, for a channel that answers in the same response. */
  said(id: Id): Outbound | undefined {
    const row = this.#byId.get(id);
    return row && this.opened(row);
  }

  /** With address and secret, for the sender alone; undefined where there is no address to send it to. `open`: whose it is, as the turn in hand has them. */
  opened(row: OutboundRow, open?: OpenConversation): Outbound | undefined {
    const conversation = open ?? this.#conversationOf(row);
    if (!conversation?.hasAddress || row.channel === null) return undefined;
    return {
      id: row.id,
      conversation: conversation.id,
      channel: row.channel,
      address: conversation.address(),
      locale: conversation.locale,
      seq: row.seq,
      body: this.#keys.openJson<Body>(whereInMessage.body(row.id), row.body),
      ...(row.secret && { secret: this.#keys.openText(whereInMessage.secret(row.id), row.secret) }),
      at: row.at,
      attempts: row.attempts,
      partsSent: this.#partsOf.all(row.id),
      possiblyRepeated: row.possibly_repeated === 1,
      // Only under seal does a row of a case name no conversation.
      ...mannerOf(row.id, row.in_reply_to ?? undefined, row.conversation === null, conversation),
    };
  }

  #conversationOf({ conversation, case_id }: Pick<OutboundRow, 'conversation' | 'case_id'>): OpenConversation | undefined {
    const id = conversation ?? (case_id === null ? undefined : this.#ties.conversationOf(case_id));
    return id === undefined ? undefined : this.#conversations.byId(id);
  }
}

/** All that is said to one resident: their conversation, and each sealed case of theirs. */
export const lanesOf = ({ id, memory }: Pick<OpenConversation, 'id' | 'memory'>): string[] => [id, ...memory.sealedCases];

/** Under seal a case is a lane of its own: a conversation's would tie the two. */
export const laneOf = ({ to, within }: Pick<Owed, 'to' | 'within'>): string | null => (within?.sealed ? within.id : (to?.id ?? null));

/** Why it can't be sent at all, as officers are told. */
function whyNot(to: Owed['to']): 'no-channel' | 'left' | 'unreachable' | undefined {
  if (!to) return 'no-channel';
  if (!to.hasAddress) return 'left';
  return to.reachable ? undefined : 'unreachable';
}

/** How it may be sent: ahead of what goes to many where it answers, without its words where it comes unasked under seal. */
const mannerOf = (
  id: Id,
  inReplyTo: Id | undefined,
  sealed: boolean,
  { memory }: Pick<OpenConversation, 'memory'>,
): Pick<Outbound, 'interactive' | 'veiled'> => ({
  interactive: inReplyTo !== undefined,
  veiled: sealed && inReplyTo === undefined && memory.plainPushes !== true && !memory.unveiled?.includes(id),
});

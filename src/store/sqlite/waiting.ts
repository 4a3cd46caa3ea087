import type Database from 'better-sqlite3';
import type { Id, Instant } from '../../domain/chance.ts';
import type { OpenConversation } from './conversations.ts';
import { lanesOf } from './outbox.ts';

interface Held {
  seq: number;
  reason: string | null;
}

type Whose = Pick<OpenConversation, 'id' | 'memory' | 'hasAddress'>;

/** What waits to be sent: it gives way, goes sooner, is held back, goes after all. */
export class Waiting {
  readonly #giveWay: Database.Statement<[string, string, number]>;
  readonly #hasten: Database.Statement<[{ now: Instant; lanes: string; name: string }]>;
  readonly #holdBack: Database.Statement<[string, Instant, string]>;
  readonly #goAfterAll: Database.Statement<[{ now: Instant; conversation: Id }]>;
  readonly #goAfterAllSealed: Database.Statement<[{ now: Instant; cases: string }]>;
  readonly #goAgain: Database.Statement<[{ now: Instant; seq: number }]>;
  readonly #release: Database.Statement<[{ now: Instant; conversation: Id }]>;
  readonly #releaseSealed: Database.Statement<[{ now: Instant; cases: string }]>;
  readonly #free: Database.Statement<[string]>;
  readonly #held: Database.Statement<[{ conversation: Id; cases: string; before: number }], Held>;
  readonly #holdBehind: Database.Statement<[{ reason: string | null; now: Instant; lanes: string; after: number }]>;

  constructor(sqlite: Database.Database) {
    this.#giveWay = sqlite.prepare(
      "delete from messages where lane = ? and replaces = ? and state = 'pending' and attempts = 0 and seq < ?",
    );
    this.#hasten = sqlite.prepare(
      `update messages set due_at = min(due_at, @now), replaces = null
       where lane in (select value from json_each(@lanes)) and (replaces = @name or replaces glob @name || '.*')
         and state = 'pending' and attempts = 0`,
    );
    this.#holdBack = sqlite.prepare(
      `update messages set state = 'blocked', lane = null, run = null, lease_until = null, reason = ?, settled_at = ?
       where lane in (select value from json_each(?)) and state = 'pending'`,
    );
    const pending = "state = 'pending', lane = coalesce(conversation, case_id), due_at = @now, reason = null, settled_at = null";
    const unheard = "from_kind = 'officer' and state = 'blocked'";
    this.#goAfterAll = sqlite.prepare(`update messages set ${pending} where conversation = @conversation and ${unheard}`);
    this.#goAfterAllSealed = sqlite.prepare(
      `update messages set ${pending} where case_id in (select value from json_each(@cases)) and conversation is null and ${unheard}`,
    );
    this.#goAgain = sqlite.prepare(`update messages set ${pending} where seq = @seq`);
    // Asked at every turn of a channel that holds: written out as the partial index is.
    this.#release = sqlite.prepare(
      `update messages indexed by messages_held set ${pending} where conversation = @conversation and state = 'held'`,
    );
    this.#releaseSealed = sqlite.prepare(
      `update messages indexed by messages_held set ${pending}
       where conversation is null and case_id in (select value from json_each(@cases)) and state = 'held'`,
    );
    this.#free = sqlite.prepare("update messages set freed = 1 where lane in (select value from json_each(?)) and state = 'leased'");
    this.#held = sqlite.prepare(
      `select seq, reason from messages indexed by messages_held where conversation = @conversation and state = 'held' and seq < @before
       union all
       select seq, reason from messages indexed by messages_held
       where conversation is null and case_id in (select value from json_each(@cases)) and state = 'held' and seq < @before
       order by seq limit 1`,
    );
    this.#holdBehind = sqlite.prepare(
      `update messages set state = 'held', lane = null, reason = @reason, settled_at = @now
       where lane in (select value from json_each(@lanes)) and state = 'pending' and (attempts > 0 or due_at <= @now) and seq > @after`,
    );
  }

  /** What was to be said under a name, before a place in the order, gives way to what is said under it from there on. */
  giveWay(lane: string, name: string, before: number): void {
    this.#giveWay.run(lane, name, before);
  }

  /** What waits under a name, or one that begins with it and a dot, goes as soon as it may, and gives way to nothing any more; false where there is none. */
  hasten(whose: Whose, name: string, now: Instant): boolean {
    return this.#hasten.run({ now, lanes: JSON.stringify(lanesOf(whose)), name }).changes > 0;
  }

  /** Whoever can't be reached gets nothing more until they come back: what was still to go, in sealed cases too, is told as it is. */
  holdBack(whose: Whose, now: Instant): void {
    this.#holdBack.run(whose.hasAddress ? 'unreachable' : 'left', now, JSON.stringify(lanesOf(whose)));
  }

  /** What officers said while its resident could not be reached goes now, in its old order; false where there is none. */
  goAfterAll({ id, memory }: Whose, now: Instant): boolean {
    const own = this.#goAfterAll.run({ now, conversation: id }).changes;
    return own + this.#goAfterAllSealed.run({ now, cases: JSON.stringify(memory.sealedCases) }).changes > 0;
  }

  /** What was sent in another way, as a notice of it, is to be sent once more. */
  goAgain(seq: number, now: Instant): void {
    this.#goAgain.run({ now, seq });
  }

  /**
   * What their channel held until they write goes now, in its old order; false where there is none. What is on its way
   * and comes back as held goes again: its channel was asked too early.
   */
  release({ id, memory }: Whose, now: Instant): boolean {
    this.#free.run(JSON.stringify(lanesOf({ id, memory })));
    const own = this.#release.run({ now, conversation: id }).changes;
    const { sealedCases } = memory;
    const sealed = sealedCases.length === 0 ? 0 : this.#releaseSealed.run({ now, cases: JSON.stringify(sealedCases) }).changes;
    return own + sealed > 0;
  }

  /** The first that their channel holds, before a place in the order; absent: now. */
  held({ id, memory }: Pick<Whose, 'id' | 'memory'>, before = Number.MAX_SAFE_INTEGER): Held | undefined {
    return this.#held.get({ conversation: id, cases: JSON.stringify(memory.sealedCases), before });
  }

  /** What may go and was said after it is held with it: nothing overtakes it. */
  holdBehind(whose: Pick<Whose, 'id' | 'memory'>, { seq: after, reason }: Held, now: Instant): void {
    this.#holdBehind.run({ reason, now, lanes: JSON.stringify(lanesOf(whose)), after });
  }
}

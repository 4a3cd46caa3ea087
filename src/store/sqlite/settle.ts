import type Database from 'better-sqlite3';
import type { Id, Instant } from '../../domain/chance.ts';
import type { Body, SendOutcome, Settlement } from '../../domain/message.ts';
import type { Conversations } from './conversations.ts';
import type { KeyRing } from './keys.ts';
import { whereInMessage } from './message-row.ts';
import type { Names } from './names.ts';
import { offer } from './offered.ts';
import type { Ties } from './ties.ts';
import type { Waiting } from './waiting.ts';

interface Row {
  seq: number;
  id: Id;
  in_reply_to: Id | null;
  conversation: Id | null;
  case_id: Id | null;
  state: string;
  channel: string | null;
  freed: number;
}

/** Settlements of a state that is final may only say that the resident has it after all. */
const FINAL = ['sent'];

/** What became of what was sent. */
export class Settlements {
  readonly #ties: Ties;
  readonly #conversations: Conversations;
  readonly #names: Names;
  readonly #waiting: Waiting;
  readonly #keys: KeyRing;
  readonly #find: Database.Statement<[Id], Row>;
  readonly #body: Database.Statement<[number], Buffer>;
  readonly #part: Database.Statement<[Id, number, Buffer | null]>;
  readonly #named: Database.Statement<[Buffer, number]>;
  readonly #sent: Database.Statement<[Instant, Instant, number]>;
  readonly #ended: Database.Statement<[string, string | null, Instant, number]>;
  readonly #later: Database.Statement<[Instant, string | null, number]>;
  readonly #unknown: Database.Statement<[Instant, string | null, number]>;
  readonly #unreachable: Database.Statement<[Id]>;

  constructor(
    sqlite: Database.Database,
    parts: { keys: KeyRing; ties: Ties; conversations: Conversations; names: Names; waiting: Waiting },
  ) {
    this.#keys = parts.keys;
    this.#ties = parts.ties;
    this.#conversations = parts.conversations;
    this.#names = parts.names;
    this.#waiting = parts.waiting;
    this.#find = sqlite.prepare(
      "select seq, id, in_reply_to, conversation, case_id, state, channel, freed from messages where id = ? and direction = 'out'",
    );
    this.#body = sqlite.prepare<[number], Buffer>('select body from messages where seq = ?').pluck();
    this.#part = sqlite.prepare(
      `insert into outbound_parts (message, part, known_as) values (?, ?, ?)
       on conflict do update set known_as = coalesce(excluded.known_as, known_as)`,
    );
    this.#named = sqlite.prepare('update messages set known_as = ? where seq = ?');
    // A channel that notes parts may be asked for the same answer again: its secret is wiped a little later, by tidying.
    this.#sent = sqlite.prepare(
      `update messages set state = 'sent', lane = null, run = null, lease_until = null, reason = null, settled_at = ?, sent_at = ?,
         secret = case when exists (select 1 from outbound_parts where message = messages.id) then secret end where seq = ?`,
    );
    this.#ended = sqlite.prepare(
      'update messages set state = ?, lane = null, run = null, lease_until = null, reason = ?, settled_at = ? where seq = ?',
    );
    this.#later = sqlite.prepare(
      "update messages set state = 'pending', run = null, lease_until = null, due_at = ?, reason = ? where seq = ?",
    );
    this.#unknown = sqlite.prepare(
      "update messages set state = 'pending', run = null, lease_until = null, possibly_repeated = 1, due_at = ? + (1000 << min(attempts, 6)), reason = ? where seq = ?",
    );
    this.#unreachable = sqlite.prepare('update conversations set reachable = 0 where id = ?');
  }

  settle({ outbound, part, outcome }: Settlement, now: Instant): void {
    const row = this.#find.get(outbound);
    if (!row || FINAL.includes(row.state)) return;
    const name = outcome.is === 'sent' && row.channel !== null ? this.#names.tag(row.channel, outcome.knownAs) : null;
    if (part !== undefined && outcome.is === 'sent') {
      this.#part.run(outbound, part, name);
      return;
    }
    if (name) this.#named.run(name, row.seq);
    this.#whole(row, outcome, now);
  }

  #whole(row: Row, outcome: SendOutcome, now: Instant): void {
    switch (outcome.is) {
      case 'sent':
        if (outcome.confirmed) {
          this.#sent.run(now, now, row.seq);
          this.#shown(row, now);
        }
        // A page that is not open, told again: it has been waiting since the first time.
        else if (row.state !== 'waiting') this.#ended.run('waiting', null, now, row.seq);
        return;
      case 'later':
        this.#later.run(outcome.at, outcome.reason ?? null, row.seq);
        return;
      case 'unknown':
        this.#unknown.run(now, outcome.reason ?? null, row.seq);
        return;
      case 'held':
        if (row.freed === 1) this.#later.run(now, null, row.seq);
        else this.#ended.run('held', outcome.reason ?? null, now, row.seq);
        return;
      case 'refused':
        this.#ended.run('failed', outcome.reason ?? null, now, row.seq);
        return;
      case 'blocked':
        this.#ended.run('blocked', outcome.reason ?? null, now, row.seq);
        this.#block(row, now);
    }
  }

  /** What was asked of somebody who had not just written is theirs to choose from only now that they see it. */
  #shown({ in_reply_to, ...row }: Row, now: Instant): void {
    const sealed = in_reply_to === null ? this.#body.get(row.seq) : undefined;
    if (!sealed) return;
    const body = this.#keys.openJson<Body>(whereInMessage.body(row.id), sealed);
    const conversation = (body.buttons ?? []).length === 0 ? undefined : this.#conversationOf(row);
    if (!conversation?.memory.offered) return;
    if (offer(conversation, { seq: row.seq, body, unasked: true })) this.#conversations.save(conversation, now);
  }

  #conversationOf({ conversation, case_id }: Pick<Row, 'conversation' | 'case_id'>) {
    const id = conversation ?? (case_id === null ? undefined : this.#ties.conversationOf(case_id));
    return id === undefined ? undefined : this.#conversations.byId(id);
  }

  #block(row: Row, now: Instant): void {
    const conversation = this.#conversationOf(row);
    if (!conversation) return;
    this.#unreachable.run(conversation.id);
    this.#waiting.holdBack(conversation, now);
  }
}

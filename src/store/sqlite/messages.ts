import type Database from 'better-sqlite3';
import { type Chance, type Id, type Instant, idFrom } from '../../domain/chance.ts';
import type { Inbound } from '../../domain/message.ts';
import type { Attachments } from './attachments.ts';
import { Clash } from './batch.ts';
import type { CaseRow } from './case-row.ts';
import type { OpenConversation } from './conversations.ts';
import { type KeptBody, keptBody } from './kept-body.ts';
import type { KeyRing } from './keys.ts';
import { type MasterKeys, macOf } from './master-keys.ts';

export interface MessageRow {
  seq: number;
  id: Id;
  conversation: Id | null;
  case_id: Id | null;
  direction: 'in' | 'out';
  from_kind: 'resident' | 'bot' | 'officer';
  hidden: number;
  body: Buffer;
  edits: Buffer | null;
  at: Instant;
  state: string | null;
  secret: Buffer | null;
  reason: string | null;
  possibly_repeated: number;
  due_at: Instant | null;
  settled_at: Instant | null;
  sent_at: Instant | null;
}

export const MESSAGE_COLUMNS =
  'seq, id, conversation, case_id, direction, from_kind, hidden, body, edits, at, state, secret, reason, possibly_repeated, due_at, settled_at, sent_at';

export const whereInMessage = {
  body: (id: Id): string => `messages/body/${id}`,
  edits: (id: Id): string => `messages/edits/${id}`,
  secret: (id: Id): string => `messages/secret/${id}`,
};

const RAW_KEPT_MS = 7 * 86_400_000;

/** The rows of what was said and heard. */
export class Messages {
  readonly #keys: KeyRing;
  readonly #master: MasterKeys;
  readonly #attachments: Attachments;
  readonly #insert: Database.Statement<[Id, Buffer, Id, Buffer, Instant]>;
  readonly #insertCarrier: Database.Statement<[Id, Id, Buffer, Instant]>;
  readonly #insertRaw: Database.Statement<[Buffer, Buffer, Instant]>;
  readonly #byKey: Database.Statement<[Buffer], { seq: number; id: Id }>;
  readonly #byId: Database.Statement<[Id], MessageRow>;
  readonly #replies: Database.Statement<[Id], Id>;
  readonly #move: Database.Statement<[Id, Id | null, number, Buffer, Buffer | null, Buffer | null, Id | null, number]>;
  readonly #edit: Database.Statement<[Buffer, Buffer, number]>;

  constructor(sqlite: Database.Database, keys: KeyRing, master: MasterKeys, attachments: Attachments) {
    this.#keys = keys;
    this.#master = master;
    this.#attachments = attachments;
    this.#insert = sqlite.prepare(
      `insert into messages (id, key, conversation, direction, from_kind, body, at) values (?, ?, ?, 'in', 'resident', ?, ?) on conflict do nothing`,
    );
    this.#insertCarrier = sqlite.prepare(
      `insert into messages (id, case_id, direction, from_kind, hidden, body, at) values (?, ?, 'in', 'resident', 1, ?, ?)`,
    );
    this.#insertRaw = sqlite.prepare('insert into raw_inbound (key, sealed, kept_until) values (?, ?, ?) on conflict do nothing');
    this.#byKey = sqlite.prepare('select seq, id from messages where key = ?');
    this.#byId = sqlite.prepare(`select ${MESSAGE_COLUMNS} from messages where id = ?`);
    this.#replies = sqlite.prepare<[Id], Id>('select id from messages where in_reply_to = ? order by seq').pluck();
    this.#move = sqlite.prepare(
      `update messages set case_id = ?, conversation = ?, hidden = ?, body = ?, edits = ?, secret = ?,
         lane = case when lane is null then null else coalesce(?, lane) end where seq = ?`,
    );
    this.#edit = sqlite.prepare('update messages set body = ?, edits = ? where seq = ?');
  }

  byId(id: Id): MessageRow | undefined {
    return this.#byId.get(id);
  }

  /** A row that says nothing and is shown to nobody: search finds a case opened at the counter by it. */
  carrier(file: Pick<CaseRow, 'id' | 'key'>, chance: Chance): Id {
    const id = idFrom(chance, `carrier/${file.id}`);
    const body: KeptBody = { text: '', by: { kind: 'resident' } };
    this.#insertCarrier.run(id, file.id, this.#keys.sealJson(file.key, whereInMessage.body(id), body), chance.now);
    return id;
  }

  /** What was said, opened. */
  body(row: Pick<MessageRow, 'id' | 'body'>): KeptBody {
    return this.#keys.openJson<KeptBody>(whereInMessage.body(row.id), row.body);
  }

  /** Stores what came in for the first time. */
  receive(inbound: Inbound, key: Buffer, conversation: OpenConversation, id: Id, now: Instant): { seq: number; id: Id } {
    const original = inbound.input.type === 'edited' ? this.#byKey.get(this.#dedupeKey(inbound, inbound.input.messageId)) : undefined;
    const body = { ...keptBody(inbound.input, original !== undefined), updateId: inbound.updateId };
    const sealed = this.#keys.sealJson(conversation.key, whereInMessage.body(id), body);
    const { changes, lastInsertRowid } = this.#insert.run(id, key, conversation.id, sealed, now);
    if (changes === 0) throw new Clash('message-id');
    if (inbound.input.type === 'media') this.#attachments.keep(inbound.input.items, { message: id, conversation });
    if (original && inbound.input.type === 'edited') this.#edited(original.id, inbound.input.text);
    if (inbound.raw !== undefined) {
      this.#insertRaw.run(key, this.#keys.seal(conversation.key, `raw_inbound/sealed/${id}`, inbound.raw), now + RAW_KEPT_MS);
    }
    return { seq: Number(lastInsertRowid), id };
  }

  /** What an inbound is known by. */
  keyOf(inbound: Inbound): Buffer {
    return this.#dedupeKey(inbound, inbound.updateId);
  }

  /** The row of an earlier inbound with the same key. */
  received(key: Buffer): { seq: number; id: Id } | undefined {
    return this.#byKey.get(key);
  }

  /** Outbounds said in answer to an inbound, in order. */
  replies(id: Id): Id[] {
    return this.#replies.all(id);
  }

  /**
   * Puts a message and its files into a case's thread, under the case's key; under seal it leaves the conversation's.
   * Already hidden stays hidden. Answers the row as it stood, undefined where there is none.
   */
  moveInto(file: Pick<CaseRow, 'id' | 'key' | 'sealed'>, id: Id, hidden: boolean): MessageRow | undefined {
    const row = this.#byId.get(id);
    if (!row) return undefined;
    const under = (where: string, blob: Buffer | null): Buffer | null => (blob ? this.#keys.reseal(file.key, where, blob) : null);
    const sealed = file.sealed === 1;
    this.#move.run(
      file.id,
      sealed ? null : row.conversation,
      hidden ? 1 : 0,
      this.#keys.reseal(file.key, whereInMessage.body(id), row.body),
      under(whereInMessage.edits(id), row.edits),
      under(whereInMessage.secret(id), row.secret),
      sealed ? file.id : null,
      row.seq,
    );
    this.#attachments.moveInto(file, id);
    return row;
  }

  #edited(id: Id, text: string): void {
    const row = this.#byId.get(id);
    if (!row) return;
    const key = this.#keys.keyOf(row.body);
    const body = this.body(row);
    const edits = row.edits ? this.#keys.openJson<string[]>(whereInMessage.edits(id), row.edits) : [];
    this.#edit.run(
      this.#keys.sealJson(key, whereInMessage.body(id), { ...body, text }),
      this.#keys.sealJson(key, whereInMessage.edits(id), [...edits, body.text]),
      row.seq,
    );
  }

  /** The address is in it, so that nobody can ask for another's answers by guessing an update id. */
  #dedupeKey({ channel, bot, address }: Inbound, updateId: string): Buffer {
    return macOf(this.#master.dedupe, channel, bot, address, updateId);
  }
}

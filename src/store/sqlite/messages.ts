import type Database from 'better-sqlite3';
import { type Chance, type Id, type Instant, idFrom } from '../../domain/chance.ts';
import type { Inbound, Input } from '../../domain/message.ts';
import type { Attachments } from './attachments.ts';
import { Clash } from './batch.ts';
import type { CaseRow } from './case-row.ts';
import type { OpenConversation } from './conversations.ts';
import { type KeptBody, keptBody, withPart, withWords } from './kept-body.ts';
import type { KeyRing } from './keys.ts';
import { type MasterKeys, macOf } from './master-keys.ts';
import { MESSAGE_COLUMNS, type MessageRow, whereInMessage } from './message-row.ts';
import type { Names } from './names.ts';

/** Of a UUID as text. */
const ID_LETTERS = 36;
const RAW_KEPT_MS = 7 * 86_400_000;

/** A part of an album that joins what came before it. */
export interface Part {
  inbound: Inbound;
  input: Extract<Input, { type: 'media' }>;
  key: Buffer;
  conversation: OpenConversation;
  id: Id;
}

/** The rows of what was said and heard. */
export class Messages {
  readonly #keys: KeyRing;
  readonly #master: MasterKeys;
  readonly #names: Names;
  readonly #attachments: Attachments;
  readonly #insert: Database.Statement<[Id, Buffer, Buffer | null, Id, Buffer, Instant]>;
  readonly #insertPart: Database.Statement<[Id, Buffer, Buffer | null, Id, Buffer, Instant, Id]>;
  readonly #insertCarrier: Database.Statement<[Id, Id, Buffer, Instant]>;
  readonly #insertRaw: Database.Statement<[Buffer, Buffer, Instant]>;
  readonly #byKey: Database.Statement<[Buffer], { seq: number; id: Id }>;
  readonly #byId: Database.Statement<[Id], MessageRow>;
  readonly #replies: Database.Statement<[Id, string], Id>;
  readonly #move: Database.Statement<[Id, Id | null, number, Buffer, Buffer | null, Buffer | null, Id | null, string | null, number]>;
  readonly #rewrite: Database.Statement<[Buffer, Buffer | null, number]>;

  constructor(sqlite: Database.Database, parts: { keys: KeyRing; master: MasterKeys; names: Names; attachments: Attachments }) {
    this.#keys = parts.keys;
    this.#master = parts.master;
    this.#names = parts.names;
    this.#attachments = parts.attachments;
    this.#insert = sqlite.prepare(
      `insert into messages (id, key, known_as, conversation, direction, from_kind, body, at)
       values (?, ?, ?, ?, 'in', 'resident', ?, ?) on conflict do nothing`,
    );
    this.#insertPart = sqlite.prepare(
      `insert into messages (id, key, known_as, conversation, direction, from_kind, hidden, body, at, in_reply_to)
       values (?, ?, ?, ?, 'in', 'resident', 1, ?, ?, ?) on conflict do nothing`,
    );
    this.#insertCarrier = sqlite.prepare(
      `insert into messages (id, case_id, direction, from_kind, hidden, body, at) values (?, ?, 'in', 'resident', 1, ?, ?)`,
    );
    this.#insertRaw = sqlite.prepare('insert into raw_inbound (key, sealed, kept_until) values (?, ?, ?) on conflict do nothing');
    this.#byKey = sqlite.prepare('select seq, id from messages where key = ?');
    this.#byId = sqlite.prepare(`select ${MESSAGE_COLUMNS} from messages where id = ?`);
    this.#replies = sqlite.prepare<[Id, string], Id>('select id from messages where in_reply_to in (?, ?) order by seq').pluck();
    this.#move = sqlite.prepare(
      `update messages set case_id = ?, conversation = ?, hidden = ?, body = ?, edits = ?, secret = ?,
         lane = case when lane is null then null else coalesce(?, lane) end, in_reply_to = ? where seq = ?`,
    );
    this.#rewrite = sqlite.prepare('update messages set body = ?, edits = ? where seq = ?');
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

  /** Stores what came in for the first time; answers its place. */
  receive(
    inbound: Inbound,
    key: Buffer,
    conversation: OpenConversation,
    { id, now, editOfKnown }: { id: Id; now: Instant; editOfKnown: boolean },
  ): number {
    const body = { ...keptBody(inbound.input, editOfKnown), updateId: inbound.updateId };
    const sealed = this.#keys.sealJson(conversation.key, whereInMessage.body(id), body);
    const knownAs = this.#names.tag(inbound.channel, nameOf(inbound, editOfKnown));
    const { changes, lastInsertRowid } = this.#insert.run(id, key, knownAs, conversation.id, sealed, now);
    if (changes === 0) throw new Clash('message-id');
    if (inbound.input.type === 'media') this.#attachments.keep(inbound.input.items, { message: id, conversation }, now);
    if (inbound.raw !== undefined) {
      this.#insertRaw.run(key, this.#keys.seal(conversation.key, `raw_inbound/sealed/${id}`, inbound.raw), now + RAW_KEPT_MS);
    }
    return Number(lastInsertRowid);
  }

  /** A part of an album leaves what it is known by, and nothing to show; it goes where the album goes. */
  receivePart({ inbound, key, conversation, id }: Part, album: Id, now: Instant): number {
    const nothing: KeptBody = { text: '', by: { kind: 'resident' } };
    const sealed = this.#keys.sealJson(conversation.key, whereInMessage.body(id), nothing);
    const knownAs = this.#names.tag(inbound.channel, inbound.knownAs);
    const { changes, lastInsertRowid } = this.#insertPart.run(id, key, knownAs, conversation.id, sealed, now, album);
    if (changes === 0) throw new Clash('message-id');
    return Number(lastInsertRowid);
  }

  /** An album shows the files and words of one part more. */
  addFiles(album: MessageRow, part: Id, input: Extract<Input, { type: 'media' }>): void {
    const key = this.#keys.keyOf(album.body);
    const body = withPart(album.id, this.body(album), part, input);
    this.#rewrite.run(this.#keys.sealJson(key, whereInMessage.body(album.id), body), album.edits, album.seq);
  }

  /** Gives a message other words, those of one part where it has several, and keeps what it said before. */
  edit(row: MessageRow, part: Id, text: string): void {
    const key = this.#keys.keyOf(row.body);
    const body = this.body(row);
    const edits = row.edits ? this.#keys.openJson<string[]>(whereInMessage.edits(row.id), row.edits) : [];
    this.#rewrite.run(
      this.#keys.sealJson(key, whereInMessage.body(row.id), withWords(body, part, text)),
      this.#keys.sealJson(key, whereInMessage.edits(row.id), [...edits, body.text]),
      row.seq,
    );
  }

  /** What an inbound is known by. */
  keyOf(inbound: Inbound): Buffer {
    return this.#dedupeKey(inbound, inbound.updateId);
  }

  /** The row of an earlier inbound with the same key. */
  received(key: Buffer): { seq: number; id: Id } | undefined {
    return this.#byKey.get(key);
  }

  /** What was said in answer to an inbound, in order; and the parts that joined it. */
  replies(id: Id): Id[] {
    return this.#replies.all(id, this.replyMark(id));
  }

  /** What a row under seal has in the place of the id it answers: that message may still stand in the conversation, and would tie the two. */
  replyMark(id: Id): string {
    return macOf(this.#master.dedupe, 'reply', id).toString('base64url');
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
      sealed && row.direction === 'out' ? this.#marked(row.in_reply_to) : row.in_reply_to,
      row.seq,
    );
    this.#attachments.moveInto(file, id);
    return row;
  }

  /** Marks are longer than ids, and are marked once. */
  #marked(answered: string | null): string | null {
    return answered === null || answered.length !== ID_LETTERS ? answered : this.replyMark(answered);
  }

  /** The address is in it, so that nobody can ask for another's answers by guessing an update id. */
  #dedupeKey({ channel, bot, address }: Inbound, updateId: string): Buffer {
    return macOf(this.#master.dedupe, channel, bot, address, updateId);
  }
}

/** An edit has the name of what it changes: it is known by it only where that never came. */
function nameOf({ input, knownAs }: Inbound, editOfKnown: boolean): string | undefined {
  if (input.type !== 'edited') return knownAs;
  return editOfKnown ? undefined : input.messageId;
}

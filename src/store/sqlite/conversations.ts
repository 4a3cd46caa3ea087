import type Database from 'better-sqlite3';
import type { Id, Instant } from '../../domain/chance.ts';
import { emptyMemory, type Memory } from '../../domain/conversation.ts';
import type { Inbound } from '../../domain/message.ts';
import { type Allowance, unused } from './allowance.ts';
import type { KeyRing } from './keys.ts';
import { type MasterKeys, macOf } from './master-keys.ts';

/** A conversation opened for one write; `save` puts back what changed. */
export interface OpenConversation {
  id: Id;
  channel: string;
  key: Id;
  locale: string;
  reachable: boolean;
  memory: Memory;
  allowance: Allowance;
  /** False once they left and it was erased. */
  hasAddress: boolean;
  /** The channel's address, for the sender alone. */
  address(): string;
}

interface Row {
  id: Id;
  channel: string;
  key: Id;
  address: Buffer;
  memory: Buffer;
  locale: string;
  reachable: number;
  allowance: string;
}

/** What stands where an address was. */
const ERASED = Buffer.alloc(0);

type Who = Pick<Inbound, 'channel' | 'bot' | 'address'>;

const COLUMNS = 'id, channel, key, address, memory, locale, reachable, allowance';

/** The rows of residents' conversations; nothing of them but the channel is readable without their key. */
export class Conversations {
  readonly #keys: KeyRing;
  readonly #master: MasterKeys;
  readonly #byTag: Database.Statement<[Buffer], Row>;
  readonly #byId: Database.Statement<[Id], Row>;
  readonly #insert: Database.Statement<[Id, string, string, Buffer, Id, Buffer, Buffer, string, string, Instant]>;
  readonly #update: Database.Statement<[Buffer, string, number, string, Instant, Id]>;
  readonly #readdress: Database.Statement<[Buffer, Id]>;
  readonly #forgetRaw: Database.Statement<[Id]>;
  readonly #remember: Database.Statement<[Buffer, Id]>;

  constructor(sqlite: Database.Database, keys: KeyRing, master: MasterKeys) {
    this.#keys = keys;
    this.#master = master;
    this.#byTag = sqlite.prepare(`select ${COLUMNS} from conversations where address_tag = ?`);
    this.#byId = sqlite.prepare(`select ${COLUMNS} from conversations where id = ?`);
    this.#insert = sqlite.prepare(
      `insert into conversations (id, channel, bot, address_tag, key, address, memory, locale, reachable, allowance, touched_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
    );
    this.#update = sqlite.prepare(
      'update conversations set memory = ?, locale = ?, reachable = ?, allowance = ?, touched_at = ? where id = ?',
    );
    this.#remember = sqlite.prepare('update conversations set memory = ? where id = ?');
    this.#readdress = sqlite.prepare('update conversations set address = ? where id = ?');
    this.#forgetRaw = sqlite.prepare(
      'delete from raw_inbound where "key" in (select "key" from messages where conversation = ? and "key" is not null)',
    );
  }

  find(who: Who): OpenConversation | undefined {
    const row = this.#byTag.get(this.#tag(who));
    return row && this.#opened(row, who.address);
  }

  byId(id: Id): OpenConversation | undefined {
    const row = this.#byId.get(id);
    return row && this.#opened(row);
  }

  begin(id: Id, who: Who, locale: string, now: Instant): OpenConversation {
    const key = this.#keys.create('conversation', now);
    const allowance = unused;
    const memory = this.#keys.sealJson(key, where.memory(id), emptyMemory);
    const { address } = who;
    const sealed = this.#keys.seal(key, where.address(id), address);
    this.#insert.run(id, who.channel, who.bot, this.#tag(who), key.id, sealed, memory, locale, JSON.stringify(allowance), now);
    const fresh = { reachable: true, memory: emptyMemory, allowance, hasAddress: true };
    return { id, channel: who.channel, key: key.id, locale, ...fresh, address: () => address };
  }

  save({ id, key, locale, reachable, memory, allowance }: OpenConversation, now: Instant): void {
    const sealed = this.#keys.sealJson(key, where.memory(id), memory);
    this.#update.run(sealed, locale, reachable ? 1 : 0, JSON.stringify(allowance), now, id);
  }

  /** Other things are remembered, and it does not show when. */
  remember({ id, key, memory }: OpenConversation): void {
    this.#remember.run(this.#keys.sealJson(key, where.memory(id), memory), id);
  }

  /** Nothing that names the resident is kept, updates nobody could read neither; their tag stays, so that they are known when they come back. */
  forgetAddress(conversation: OpenConversation): void {
    this.#readdress.run(ERASED, conversation.id);
    this.#forgetRaw.run(conversation.id);
    conversation.hasAddress = false;
  }

  /** Whoever left has come back by this address. */
  keepAddress(conversation: OpenConversation, address: string): void {
    this.#readdress.run(this.#keys.seal(conversation.key, where.address(conversation.id), address), conversation.id);
    conversation.hasAddress = true;
  }

  #tag({ channel, bot, address }: Who): Buffer {
    return macOf(this.#master.address, channel, bot, address);
  }

  #opened({ id, channel, key, locale, reachable, memory, allowance, address }: Row, known?: string): OpenConversation {
    return {
      id,
      channel,
      key,
      locale,
      reachable: reachable === 1,
      memory: this.#keys.openJson<Memory>(where.memory(id), memory),
      allowance: JSON.parse(allowance) as Allowance,
      hasAddress: address.length > 0,
      address: () => known ?? this.#keys.openText(where.address(id), address),
    };
  }
}

const where = {
  memory: (id: Id): string => `conversations/memory/${id}`,
  address: (id: Id): string => `conversations/address/${id}`,
};

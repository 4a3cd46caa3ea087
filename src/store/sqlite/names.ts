import type Database from 'better-sqlite3';
import { type MasterKeys, macOf } from './master-keys.ts';
import { MESSAGE_COLUMNS, type MessageRow } from './message-row.ts';

/** Messages by what their channel calls them: an HMAC that names neither resident nor case. */
export class Names {
  readonly #master: MasterKeys;
  readonly #find: Database.Statement<[{ tag: Buffer }], MessageRow>;

  constructor(sqlite: Database.Database, master: MasterKeys) {
    this.#master = master;
    this.#find = sqlite.prepare(
      `select ${MESSAGE_COLUMNS} from messages where seq in (
         select seq from messages where known_as = @tag
         union select m.seq from outbound_parts p join messages m on m.id = p.message where p.known_as = @tag)
       order by seq desc`,
    );
  }

  /** What a row keeps of a name. */
  tag(channel: string, knownAs: string | undefined): Buffer | null {
    return knownAs === undefined ? null : macOf(this.#master.dedupe, 'name', channel, knownAs);
  }

  /** Those so named, the latest first: heard, said, or said in several parts. */
  find(channel: string, knownAs: string): MessageRow[] {
    const tag = this.tag(channel, knownAs);
    return tag ? this.#find.all({ tag }) : [];
  }
}

import type Database from 'better-sqlite3';
import type { Id, Instant } from '../../domain/chance.ts';
import type { Media } from '../../domain/message.ts';
import { present } from './absent.ts';
import type { CaseRow } from './case-row.ts';
import type { OpenConversation } from './conversations.ts';
import type { KeyRing } from './keys.ts';

/** What of a file is sealed. */
interface KeptSecret {
  /** Base64. */
  fileKey?: string;
  shownName?: string;
  fetchRef?: string;
}

export interface AttachmentRow {
  id: Id;
  message: Id;
  conversation: Id | null;
  case_id: Id | null;
  kind: Media['kind'];
  mime: string | null;
  bytes: number | null;
  state: Media['state'];
  why: string | null;
  cipher_sha256: string | null;
  sealed: Buffer;
  pull_at: Instant | null;
  pulls: number;
}

const where = (id: Id): string => `attachments/sealed/${id}`;

/** The rows of files: a file's key is only ever stored under its conversation's or its case's. */
export class Attachments {
  readonly #keys: KeyRing;
  readonly #insert: Database.Statement<
    [Id, Id, Id, Media['kind'], string | null, number | null, Media['state'], string | null, string | null, Buffer, Instant | null]
  >;
  readonly #byId: Database.Statement<[Id], AttachmentRow>;
  readonly #ofMessage: Database.Statement<[Id], AttachmentRow>;
  readonly #move: Database.Statement<[Id, Id | null, Buffer, Id]>;
  readonly #update: Database.Statement<[string | null, number | null, Media['state'], string | null, string | null, Buffer, Id]>;
  readonly #toPull: Database.Statement<[Instant, number], AttachmentRow>;
  readonly #lease: Database.Statement<[Instant, Id]>;
  readonly #pullAt: Database.Statement<[Instant | null, Id]>;
  readonly #pullAllAt: Database.Statement<[Instant]>;

  constructor(sqlite: Database.Database, keys: KeyRing) {
    this.#keys = keys;
    this.#insert = sqlite.prepare(
      `insert into attachments (id, message, conversation, kind, mime, bytes, state, why, cipher_sha256, sealed, pull_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    );
    this.#byId = sqlite.prepare('select * from attachments where id = ?');
    this.#ofMessage = sqlite.prepare('select * from attachments where message = ?');
    this.#move = sqlite.prepare('update attachments set case_id = ?, conversation = ?, sealed = ? where id = ?');
    this.#update = sqlite.prepare(
      'update attachments set mime = ?, bytes = ?, state = ?, why = ?, cipher_sha256 = ?, sealed = ?, pull_at = null where id = ?',
    );
    this.#toPull = sqlite.prepare('select * from attachments where pull_at <= ? order by pull_at limit ?');
    this.#lease = sqlite.prepare('update attachments set pull_at = ?, pulls = pulls + 1 where id = ?');
    this.#pullAt = sqlite.prepare('update attachments set pull_at = ? where id = ?');
    this.#pullAllAt = sqlite.prepare('update attachments set pull_at = ?, pulls = max(pulls - 1, 0) where pull_at is not null');
  }

  keep(
    items: readonly Media[],
    { message, conversation }: { message: Id; conversation: Pick<OpenConversation, 'id' | 'key'> },
    now: Instant,
  ): void {
    for (const media of items) {
      const { id, kind, mime = null, bytes = null, state, why = null, cipherSha256 = null } = media;
      const sealed = this.#keys.sealJson(conversation.key, where(id), secretOf(media));
      const pullAt = isToPull(media) ? now : null;
      this.#insert.run(id, message, conversation.id, kind, mime, bytes, state, why, cipherSha256, sealed, pullAt);
    }
  }

  byId(id: Id): AttachmentRow | undefined {
    return this.#byId.get(id);
  }

  ofMessage(message: Id): AttachmentRow[] {
    return this.#ofMessage.all(message);
  }

  /** The file with its key, opened. */
  opened(row: AttachmentRow): Media {
    const { fileKey, shownName, fetchRef } = this.#keys.openJson<KeptSecret>(where(row.id), row.sealed);
    return present({
      ...shown(row),
      cipherSha256: row.cipher_sha256,
      shownName,
      fetchRef,
      fileKey: fileKey === undefined ? undefined : new Uint8Array(Buffer.from(fileKey, 'base64')),
    });
  }

  /** All files of a message go where it goes. */
  moveInto(file: Pick<CaseRow, 'id' | 'key' | 'sealed'>, message: Id): void {
    for (const row of this.#ofMessage.all(message)) {
      const conversation = file.sealed === 1 ? null : row.conversation;
      this.#move.run(file.id, conversation, this.#keys.reseal(file.key, where(row.id), row.sealed), row.id);
    }
  }

  /** Files to be pulled by now, the longest due first. */
  toPull(now: Instant, limit: number): AttachmentRow[] {
    return this.#toPull.all(now, limit);
  }

  /** Nobody else pulls it before `until`. */
  lease(id: Id, until: Instant): void {
    this.#lease.run(until, id);
  }

  /** It is to be tried again then, or never. */
  pullAt(id: Id, at: Instant | null): void {
    this.#pullAt.run(at, id);
  }

  /** All that is still to be pulled is due, and the try that ended with the process is none. */
  pullAllAt(due: Instant): void {
    this.#pullAllAt.run(due);
  }

  /** What a pulled file became, under the key it already lies under. */
  settle(row: AttachmentRow, media: Media): void {
    const sealed = this.#keys.sealJson(this.#keys.keyOf(row.sealed), where(row.id), secretOf(media));
    const { mime = null, bytes = null, state, why = null, cipherSha256 = null } = media;
    this.#update.run(mime, bytes, state, why, cipherSha256, sealed, row.id);
  }
}

/** Whether its channel has it and we don't yet. */
export const isToPull = ({ state, why }: { state: Media['state']; why?: string | null }): boolean =>
  state === 'stub' && why === 'not-fetched';

/** A file's row as people see it. */
export const shown = (row: AttachmentRow): Pick<Media, 'id' | 'kind' | 'mime' | 'bytes' | 'state' | 'why'> =>
  present({ id: row.id, kind: row.kind, mime: row.mime, bytes: row.bytes, state: row.state, why: row.why });

const secretOf = ({ fileKey, shownName, fetchRef }: Media): KeptSecret => ({
  ...(fileKey && { fileKey: Buffer.from(fileKey).toString('base64') }),
  ...(shownName !== undefined && { shownName }),
  ...(fetchRef !== undefined && { fetchRef }),
});

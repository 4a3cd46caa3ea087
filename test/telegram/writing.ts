import type { Update, User } from 'grammy/types';
import type { Chat, Kept } from './chats.ts';
import type { FileAsked } from './files.ts';
import { keep, type MediaKind, mediaFields } from './media.ts';
import { Seeing } from './seen.ts';
import type { Telegram } from './telegram.ts';

/** What may be said beside what is sent. */
export interface Beside {
  readonly caption?: string;
  /** The message that this one replies to. */
  readonly quote?: number;
}

/** A file: its bytes, or a description of it. */
export type FileGiven = Uint8Array | FileAsked;

/** One part of an album. */
export type AlbumPart = FileGiven | (FileAsked & { readonly kind: 'photo' | 'video' | 'audio' | 'document' });

/** Somebody writing to the bot: every kind of message there is, each made into its update, queued and returned. */
export class Writing extends Seeing {
  readonly id: number;
  readonly user: User;
  protected readonly telegram: Telegram;

  constructor(telegram: Telegram, chat: Chat, user: User) {
    super(chat);
    this.id = user.id;
    this.user = user;
    this.telegram = telegram;
  }

  say(text: string, { quote }: Pick<Beside, 'quote'> = {}): Update {
    const command = /^\/[a-z0-9_]+(@\w+)?/i.exec(text)?.[0];
    return this.#send({ text, ...(command && { entities: [{ type: 'bot_command', offset: 0, length: command.length }] }) }, quote);
  }

  /** `/name words`, with or without its stroke. */
  command(name: string, words = ''): Update {
    return this.say(`/${name.replace(/^\//, '')}${words === '' ? '' : ` ${words}`}`);
  }

  /** The start button, or a deep link with its payload. */
  start(payload = ''): Update {
    return this.command('start', payload);
  }

  photo(given: FileGiven = jpeg, beside: Beside = {}): Update {
    return this.#sendFile('photo', given, beside);
  }

  video(given: FileGiven = {}, beside: Beside = {}): Update {
    return this.#sendFile('video', given, beside);
  }

  voice(given: FileGiven = {}, beside: Beside = {}): Update {
    return this.#sendFile('voice', given, beside);
  }

  audio(given: FileGiven = {}, beside: Beside = {}): Update {
    return this.#sendFile('audio', given, beside);
  }

  document(given: FileGiven = {}, beside: Beside = {}): Update {
    return this.#sendFile('document', given, beside);
  }

  sticker(given: FileGiven = {}, beside: Pick<Beside, 'quote'> = {}): Update {
    return this.#sendFile('sticker', given, beside);
  }

  animation(given: FileGiven = {}, beside: Beside = {}): Update {
    return this.#sendFile('animation', given, beside);
  }

  videoNote(given: FileGiven = {}, beside: Pick<Beside, 'quote'> = {}): Update {
    return this.#sendFile('video_note', given, beside);
  }

  /** Several files sent at once: as many updates, with one `media_group_id`, the caption on the first. */
  album(parts: readonly AlbumPart[], { caption, quote }: Beside = {}): Update[] {
    const group = { media_group_id: this.telegram.newAlbumId() };
    return parts.map((part, index) => {
      const kind = 'kind' in part ? part.kind : 'photo';
      return this.#sendFile(kind, part, { ...(quote && { quote }), ...(index === 0 && caption && { caption }) }, group);
    });
  }

  location(latitude = 30.5728, longitude = 104.0668, { quote }: Pick<Beside, 'quote'> = {}): Update {
    return this.#send({ location: { latitude, longitude } }, quote);
  }

  venue(title: string, address: string, latitude = 30.5728, longitude = 104.0668): Update {
    const location = { latitude, longitude };
    return this.#send({ location, venue: { location, title, address } });
  }

  /** A contact, their own where no other is given. */
  contact(given: { phone_number?: string; first_name?: string; user_id?: number } = {}, { quote }: Pick<Beside, 'quote'> = {}): Update {
    const own = { phone_number: '8613800138000', first_name: this.user.first_name, user_id: this.id };
    return this.#send({ contact: given.phone_number === undefined ? { ...own, ...given } : { first_name: 'Li', ...given } }, quote);
  }

  poll(question: string, options: readonly string[]): Update {
    const poll = { id: this.telegram.newTapId(), question, total_voter_count: 0, is_closed: false, is_anonymous: true, type: 'regular' };
    return this.#send({ poll: { ...poll, allows_multiple_answers: false, options: options.map((text) => ({ text, voter_count: 0 })) } });
  }

  dice(): Update {
    return this.#send({ dice: { emoji: '🎲', value: 4 } });
  }

  protected get key(): string {
    return `chat ${this.chat.id}`;
  }

  #send(content: Record<string, unknown>, quote?: number): Update {
    const { chat } = this;
    this.present();
    chat.standing = 'open';
    if (quote !== undefined) this.kept(quote);
    return this.telegram.updates.add(this.key, 'message', this.telegram.post(chat, this.user, content, { replyTo: quote }));
  }

  /** Throws where no client would let them act. */
  protected present(): void {
    const { standing } = this.chat;
    if (standing === 'blocked' || standing === 'deactivated') throw new Error(`Nobody acts in a chat that is ${standing}`);
  }

  #sendFile(kind: MediaKind, given: FileGiven, { caption, quote }: Beside, more: object = {}): Update {
    const { files } = this.telegram;
    const asked = given instanceof Uint8Array ? { bytes: given } : given;
    const fields = mediaFields(files, kind, keep(files, kind, asked), asked);
    return this.#send({ ...fields, ...(caption !== undefined && { caption }), ...more }, quote);
  }

  protected kept(messageId: number): Kept {
    const kept = this.chat.messages.get(messageId);
    if (!kept) throw new Error(`No message ${messageId} in chat ${this.chat.id}`);
    return kept;
  }
}

/** The bytes that begin every JPEG, so that what looks at a photo's type believes it. */
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

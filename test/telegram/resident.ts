import type { InlineKeyboardButton, Update, User } from 'grammy/types';
import { type Chat, chatObject, inlineKeyboardOf, type Kept } from './chats.ts';
import type { DeliverOptions } from './deliver.ts';
import type { FileAsked } from './files.ts';
import { keep, type MediaKind, mediaFields } from './media.ts';
import { Seeing } from './seen.ts';
import { type Telegram, unixNow } from './telegram.ts';

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

/**
 * Somebody in a private chat with the bot: every act makes the update that Telegram would make, queues it and returns it;
 * what they see of the bot comes from what took effect. Acts that no client allows (writing while the bot is blocked,
 * tapping what is not there) throw.
 */
export class Resident extends Seeing {
  readonly id: number;
  readonly user: User;
  readonly #telegram: Telegram;
  readonly #options: DeliverOptions;

  constructor(telegram: Telegram, chat: Chat, user: User, options: DeliverOptions) {
    super(chat);
    this.id = user.id;
    this.user = user;
    this.#telegram = telegram;
    this.#options = options;
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

  /** Edits one of their own messages: its text, or the caption of its file. */
  edit(messageId: number, text: string): Update {
    const kept = this.#kept(messageId);
    if (kept.byBot) throw new Error(`Message ${messageId} is the bot's`);
    const { entities: _, caption_entities: __, ...before } = kept.message;
    const field = before.text === undefined ? 'caption' : 'text';
    kept.message = { ...before, [field]: text, edit_date: unixNow() } as Kept['message'];
    return this.#telegram.updates.add(this.#key, 'edited_message', kept.message);
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
    const group = { media_group_id: this.#telegram.newAlbumId() };
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
    const poll = { id: this.#telegram.newTapId(), question, total_voter_count: 0, is_closed: false, is_anonymous: true, type: 'regular' };
    return this.#send({ poll: { ...poll, allows_multiple_answers: false, options: options.map((text) => ({ text, voter_count: 0 })) } });
  }

  dice(): Update {
    return this.#send({ dice: { emoji: '🎲', value: 4 } });
  }

  /**
   * Presses an inline button. A label (or a callback_data) is looked for on the newest message that shows it, or on the message `on`.
   * A button object is pressed as it is, also after it went: a client that has not heard of the edit yet.
   */
  tap(button: string | InlineKeyboardButton, { on }: { on?: number } = {}): Update {
    const pressed = typeof button === 'string' ? this.#shownButton(button, on) : this.#keptButton(button, on);
    const id = this.#telegram.newTapId();
    this.#telegram.taps.set(id, { at: Date.now(), chatId: this.chat.id, userId: this.id });
    const kept = this.chat.messages.get(pressed.messageId);
    const message = kept?.message ?? { chat: chatObject(this.chat), message_id: pressed.messageId, date: 0 };
    const query = { id, from: this.user, message, chat_instance: String(this.chat.id * 7919), data: pressed.data };
    return this.#telegram.updates.add(this.#options.tapsApart ? `taps ${this.id}` : this.#key, 'callback_query', query);
  }

  /** Presses a button of the reply keyboard: sends its text, or the location or contact that it asks for. */
  pressKeyboard(label: string): Update {
    const shown = this.chat.replyKeyboard;
    const button = shown?.keyboard.flat().find((one) => (typeof one === 'string' ? one : one.text) === label);
    if (!shown || button === undefined) throw new Error(`No «${label}» on the keyboard: ${JSON.stringify(this.replyKeyboard())}`);
    if (shown.one_time_keyboard) this.chat.replyKeyboard = undefined;
    if (typeof button !== 'string' && 'request_location' in button) return this.location();
    if (typeof button !== 'string' && 'request_contact' in button) return this.contact();
    return this.say(label);
  }

  /** Stops the bot: its sends are refused from now on. */
  block(): Update {
    this.chat.standing = 'blocked';
    return this.#memberUpdate('member', 'kicked');
  }

  unblock(): Update {
    this.chat.standing = 'open';
    return this.#memberUpdate('kicked', 'member');
  }

  /** Deletes their account; Telegram tells the bot nothing. */
  deactivate(): void {
    this.chat.standing = 'deactivated';
  }

  /** The chat is as if it had never been, until they write again. */
  deleteChat(): void {
    this.chat.standing = 'deleted';
  }

  get #key(): string {
    return `chat ${this.chat.id}`;
  }

  #send(content: Record<string, unknown>, quote?: number): Update {
    const { chat } = this;
    if (chat.standing === 'blocked' || chat.standing === 'deactivated') throw new Error(`Nobody writes in a chat that is ${chat.standing}`);
    chat.standing = 'open';
    if (quote !== undefined) this.#kept(quote);
    return this.#telegram.updates.add(this.#key, 'message', this.#telegram.post(chat, this.user, content, { replyTo: quote }));
  }

  #sendFile(kind: MediaKind, given: FileGiven, { caption, quote }: Beside, more: object = {}): Update {
    const { files } = this.#telegram;
    const asked = given instanceof Uint8Array ? { bytes: given } : given;
    const fields = mediaFields(files, kind, keep(files, kind, asked), asked);
    return this.#send({ ...fields, ...(caption !== undefined && { caption }), ...more }, quote);
  }

  #kept(messageId: number): Kept {
    const kept = this.chat.messages.get(messageId);
    if (!kept) throw new Error(`No message ${messageId} in chat ${this.chat.id}`);
    return kept;
  }

  #shownButton(wanted: string, on: number | undefined): { messageId: number; data: string } {
    const messages = on === undefined ? this.messages().reverse() : this.messages().filter(({ id }) => id === on);
    for (const { id, message } of messages) {
      const buttons = inlineKeyboardOf(message).flat();
      const found = buttons.find(({ text }) => text === wanted) ?? buttons.find((one) => dataOf(one) === wanted);
      if (found) return { messageId: id, data: dataOrThrow(found) };
    }
    throw new Error(
      `No button «${wanted}» in chat ${this.chat.id}; it shows ${JSON.stringify(
        this.messages()
          .slice(-3)
          .map(({ text, keyboard }) => ({ text, keyboard })),
      )}`,
    );
  }

  #keptButton(button: InlineKeyboardButton, on: number | undefined): { messageId: number; data: string } {
    const data = dataOrThrow(button);
    const showing = this.messages().findLast(({ keyboard }) => keyboard.flat().some((one) => dataOf(one) === data));
    return { messageId: on ?? showing?.id ?? this.last()?.id ?? this.chat.lastMessageId, data };
  }

  #memberUpdate(before: string, after: string): Update {
    const { author, updates } = this.#telegram;
    const member = (status: string) => ({ user: author, status, ...(status === 'kicked' && { until_date: 0 }) });
    const content = {
      chat: chatObject(this.chat),
      from: this.user,
      date: unixNow(),
      old_chat_member: member(before),
      new_chat_member: member(after),
    };
    return updates.add(this.#key, 'my_chat_member', content);
  }
}

/** The bytes that begin every JPEG, so that what looks at a photo's type believes it. */
const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

const dataOf = (button: InlineKeyboardButton): string | undefined => ('callback_data' in button ? button.callback_data : undefined);

function dataOrThrow(button: InlineKeyboardButton): string {
  const data = dataOf(button);
  if (data === undefined) throw new Error(`«${button.text}» carries no callback_data`);
  return data;
}

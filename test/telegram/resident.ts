import type { InlineKeyboardButton, Update, User } from 'grammy/types';
import { type Chat, chatObject, inlineKeyboardOf, type Kept } from './chats.ts';
import type { DeliverOptions } from './deliver.ts';
import { type Telegram, unixNow } from './telegram.ts';
import { Writing } from './writing.ts';

/**
 * Somebody in a private chat with the bot: every act makes the update that Telegram would make, queues it and returns it;
 * what they see of the bot comes from what took effect. Acts that no client allows (writing while the bot is blocked,
 * tapping what is not there) throw.
 */
export class Resident extends Writing {
  readonly #options: DeliverOptions;

  constructor(telegram: Telegram, chat: Chat, user: User, options: DeliverOptions) {
    super(telegram, chat, user);
    this.#options = options;
  }

  /** Edits one of their own messages: its text, or the caption of its file. */
  edit(messageId: number, text: string): Update {
    this.present();
    const kept = this.kept(messageId);
    if (kept.byBot) throw new Error(`Message ${messageId} is the bot's`);
    const { entities: _, caption_entities: __, ...before } = kept.message;
    const field = before.text === undefined ? 'caption' : 'text';
    kept.message = { ...before, [field]: text, edit_date: unixNow() } as Kept['message'];
    return this.telegram.updates.add(this.key, 'edited_message', kept.message);
  }

  /**
   * Presses an inline button. A label (or a callback_data) is looked for on the newest message that shows it, or on the message `on`.
   * A button object is pressed as it is, also after it went: a client that has not heard of the edit yet.
   */
  tap(button: string | InlineKeyboardButton, { on }: { on?: number } = {}): Update {
    this.present();
    const pressed = typeof button === 'string' ? this.#shownButton(button, on) : this.#keptButton(button, on);
    const id = this.telegram.newTapId();
    this.telegram.taps.set(id, { at: Date.now(), chatId: this.chat.id, userId: this.id });
    const kept = this.chat.messages.get(pressed.messageId);
    const message = kept?.message ?? { chat: chatObject(this.chat), message_id: pressed.messageId, date: 0 };
    const query = { id, from: this.user, message, chat_instance: String(this.chat.id * 7919), data: pressed.data };
    return this.telegram.updates.add(this.#options.tapsApart ? `taps ${this.id}` : this.key, 'callback_query', query);
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
    const { author, updates } = this.telegram;
    const member = (status: string) => ({ user: author, status, ...(status === 'kicked' && { until_date: 0 }) });
    const content = {
      chat: chatObject(this.chat),
      from: this.user,
      date: unixNow(),
      old_chat_member: member(before),
      new_chat_member: member(after),
    };
    return updates.add(this.key, 'my_chat_member', content);
  }
}

const dataOf = (button: InlineKeyboardButton): string | undefined => ('callback_data' in button ? button.callback_data : undefined);

function dataOrThrow(button: InlineKeyboardButton): string {
  const data = dataOf(button);
  if (data === undefined) throw new Error(`«${button.text}» carries no callback_data`);
  return data;
}

import type { InlineKeyboardButton, Message } from 'grammy/types';
import { type Chat, inlineKeyboardOf } from './chats.ts';

/** A message as somebody in the chat sees it now. */
export interface Seen {
  readonly id: number;
  readonly from: 'bot' | 'user';
  /** Its text, or the caption of its file; empty where it has neither. */
  readonly text: string;
  readonly edited: boolean;
  /** The inline keyboard under it. */
  readonly keyboard: readonly (readonly InlineKeyboardButton[])[];
  /** The id of the message it replies to. */
  readonly replyTo: number | undefined;
  /** All of it. */
  readonly message: Message;
}

/** What one chat shows: the messages that are not deleted, with every edit applied. */
export class Seeing {
  protected readonly chat: Chat;

  constructor(chat: Chat) {
    this.chat = chat;
  }

  /** All messages in order, the bot's and the others'. */
  messages(): Seen[] {
    return [...this.chat.messages.values()].map(({ message, byBot }) => ({
      id: message.message_id,
      from: byBot ? 'bot' : 'user',
      text: message.text ?? message.caption ?? '',
      edited: message.edit_date !== undefined,
      keyboard: inlineKeyboardOf(message),
      replyTo: message.reply_to_message?.message_id,
      message,
    }));
  }

  /** What the bot's messages say now, in order; a file without a caption is an empty text. */
  texts(): string[] {
    return this.messages()
      .filter(({ from }) => from === 'bot')
      .map(({ text }) => text);
  }

  /** The bot's newest message. */
  last(): Seen | undefined {
    return this.messages().findLast(({ from }) => from === 'bot');
  }

  /** The labels under the newest message that has buttons, or under a given one; none is an empty list. */
  keyboard(messageId?: number): string[][] {
    const shown = this.messages().findLast(({ id, keyboard }) => (messageId === undefined ? keyboard.length > 0 : id === messageId));
    return (shown?.keyboard ?? []).map((row) => row.map(({ text }) => text));
  }

  /** The labels of the keyboard that stands where letters would be; none is an empty list. */
  replyKeyboard(): string[][] {
    return (this.chat.replyKeyboard?.keyboard ?? []).map((row) => row.map((button) => (typeof button === 'string' ? button : button.text)));
  }

  /** What the bot said it is doing (`typing`), in order. */
  actions(): string[] {
    return this.chat.actions.map(({ action }) => action);
  }
}

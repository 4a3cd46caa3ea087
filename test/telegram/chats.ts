import type { InlineKeyboardMarkup, Message, ReplyKeyboardMarkup, User } from 'grammy/types';
import { type Asked, textOf } from './asked.ts';
import { badRequest, Refusal } from './refusal.ts';

/** How a chat stands to the bot: where it is not `open`, the bot's calls are refused in Telegram's words. */
export type Standing = 'open' | 'blocked' | 'deactivated' | 'deleted' | 'left' | 'kicked';

/** One message of a chat as it reads now; an edit puts a new object in its place. */
export interface Kept {
  message: Message;
  readonly byBot: boolean;
  /** A message with a reply keyboard can't be edited any more. */
  readonly hasReplyKeyboard: boolean;
}

/** A chat as Telegram keeps it. */
export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  readonly title?: string;
  readonly user?: User;
  standing: Standing;
  lastMessageId: number;
  readonly messages: Map<number, Kept>;
  /** The keyboard shown instead of letters, until it is replaced, removed or (one-time) used. */
  replyKeyboard: ReplyKeyboardMarkup | undefined;
  /** What the bot last told that it is doing, with its time. */
  readonly actions: { readonly action: string; readonly at: number }[];
}

/** All chats by id. */
export class Chats {
  readonly #all = new Map<number, Chat>();

  add(made: Pick<Chat, 'id' | 'type'> & { title?: string; user?: User }): Chat {
    if (this.#all.has(made.id)) throw new Error(`Chat ${made.id} exists already`);
    const chat: Chat = { ...made, standing: 'open', lastMessageId: 0, messages: new Map(), replyKeyboard: undefined, actions: [] };
    this.#all.set(chat.id, chat);
    return chat;
  }

  find(id: number): Chat | undefined {
    return this.#all.get(id);
  }

  /** The chat a call means, if the bot may write there. */
  writable(payload: Asked['payload']): Chat {
    const id = textOf(payload, 'chat_id');
    if (id === '') throw badRequest('chat_id is empty');
    const chat = /^-?\d+$/.test(id) ? this.#all.get(Number(id)) : undefined;
    if (!chat || chat.standing === 'deleted') throw badRequest('chat not found');
    if (chat.standing === 'blocked') throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    if (chat.standing === 'deactivated') throw new Refusal(403, 'Forbidden: user is deactivated');
    if (chat.standing === 'left') throw new Refusal(403, `Forbidden: bot is not a member of the ${chat.type} chat`);
    if (chat.standing === 'kicked') throw new Refusal(403, `Forbidden: bot was kicked from the ${chat.type} chat`);
    return chat;
  }
}

/** The chat as it stands in messages and updates. */
export function chatObject(chat: Chat): Message['chat'] {
  if (chat.user) {
    const { first_name, last_name, username } = chat.user;
    return { id: chat.id, type: 'private', first_name, ...(last_name && { last_name }), ...(username && { username }) };
  }
  return { id: chat.id, type: chat.type, title: chat.title ?? 'Group' } as Message['chat'];
}

/** A message as another message quotes it: without what it quotes itself. */
export function quoted(kept: Kept): Message {
  const { reply_to_message: _, ...message } = kept.message;
  return message as Message;
}

/** The inline keyboard that a message shows now. */
export const inlineKeyboardOf = (message: Message): InlineKeyboardMarkup['inline_keyboard'] => message.reply_markup?.inline_keyboard ?? [];

import type { Message, User } from 'grammy/types';
import { type Chat, Chats, chatObject, quoted } from './chats.ts';
import { Files } from './files.ts';
import type { Log } from './log.ts';
import type { Polling } from './polling.ts';
import { Profile } from './profile.ts';
import type { Updates } from './updates.ts';
import type { WebhookDelivery } from './webhook-delivery.ts';

/** A tap that can be answered. */
export interface Tap {
  readonly at: number;
  readonly chatId: number;
  readonly userId: number;
}

/** Telegram's side of one bot: what the methods work on. */
export class Telegram {
  readonly me: User;
  /** The bot as its messages name it: without what only getMe tells. */
  readonly author: User;
  readonly chats = new Chats();
  readonly files = new Files();
  readonly profile = new Profile();
  readonly taps = new Map<string, Tap>();
  readonly log: Log;
  readonly updates: Updates;
  readonly polling: Polling;
  readonly webhook: WebhookDelivery;
  readonly allowHttp: boolean;
  /** When the bot was first seen by this server, in ms. */
  readonly launchedAt: number;
  /** How long a tap can be answered. */
  callbackLifetimeMs = 15 * 60_000;
  loggedOut = false;
  #nextAlbum = 13_000_000_000_000_000n;
  #nextTap = 4_000_000_000_000_000n;

  constructor(parts: Pick<Telegram, 'me' | 'log' | 'updates' | 'polling' | 'webhook' | 'allowHttp' | 'launchedAt'>) {
    this.me = parts.me;
    const { id, is_bot, first_name, username = '' } = parts.me;
    this.author = { id, is_bot, first_name, username };
    this.log = parts.log;
    this.updates = parts.updates;
    this.polling = parts.polling;
    this.webhook = parts.webhook;
    this.allowHttp = parts.allowHttp;
    this.launchedAt = parts.launchedAt;
  }

  newAlbumId(): string {
    this.#nextAlbum += 1n;
    return String(this.#nextAlbum);
  }

  newTapId(): string {
    this.#nextTap += 1n;
    return String(this.#nextTap);
  }

  /** Puts a message into its chat, with the next id there. */
  post(
    chat: Chat,
    from: User,
    content: Record<string, unknown>,
    about: { replyTo?: number | undefined; hasReplyKeyboard?: boolean } = {},
  ): Message {
    chat.lastMessageId += 1;
    const repliedTo = about.replyTo === undefined ? undefined : chat.messages.get(about.replyTo);
    const message = {
      message_id: chat.lastMessageId,
      from,
      chat: chatObject(chat),
      date: unixNow(),
      ...(repliedTo && { reply_to_message: quoted(repliedTo) }),
      ...content,
    } as unknown as Message;
    chat.messages.set(message.message_id, { message, byBot: from.id === this.me.id, hasReplyKeyboard: about.hasReplyKeyboard ?? false });
    return message;
  }
}

/** Now as Telegram dates things. */
export const unixNow = (): number => Math.floor(Date.now() / 1000);

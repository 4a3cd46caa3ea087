import type { Update, User } from 'grammy/types';
import { type Chat, chatObject } from './chats.ts';
import { Seeing } from './seen.ts';
import { type Telegram, unixNow } from './telegram.ts';

/** A group that the bot may be in. */
export class Group extends Seeing {
  readonly id: number;
  readonly #telegram: Telegram;

  constructor(telegram: Telegram, chat: Chat) {
    super(chat);
    this.id = chat.id;
    this.#telegram = telegram;
  }

  /** True once the bot left or was put out. */
  get left(): boolean {
    return this.chat.standing !== 'open';
  }

  /** Somebody adds the bot: `my_chat_member`, and the message that says so. */
  addBot(by: { readonly user: User }): Update[] {
    this.chat.standing = 'open';
    const { author } = this.#telegram;
    return [this.#memberUpdate(by.user, 'left', 'member'), this.#send(by.user, { new_chat_members: [author], new_chat_member: author })];
  }

  /** Somebody puts the bot out. */
  removeBot(by: { readonly user: User }): Update {
    this.chat.standing = 'kicked';
    return this.#memberUpdate(by.user, 'member', 'kicked');
  }

  say(by: { readonly user: User }, text: string, { quote }: { quote?: number } = {}): Update {
    const command = /^\/[a-z0-9_]+(@\w+)?/i.exec(text)?.[0];
    return this.#send(by.user, { text, ...(command && { entities: [{ type: 'bot_command', offset: 0, length: command.length }] }) }, quote);
  }

  #send(from: User, content: Record<string, unknown>, quote?: number): Update {
    return this.#telegram.updates.add(this.#key, 'message', this.#telegram.post(this.chat, from, content, { replyTo: quote }));
  }

  #memberUpdate(from: User, before: string, after: string): Update {
    const member = (status: string) => ({ user: this.#telegram.author, status, ...(status === 'kicked' && { until_date: 0 }) });
    const about = { chat: chatObject(this.chat), from, date: unixNow() };
    return this.#telegram.updates.add(this.#key, 'my_chat_member', {
      ...about,
      old_chat_member: member(before),
      new_chat_member: member(after),
    });
  }

  get #key(): string {
    return `chat ${this.chat.id}`;
  }
}

import type { BotCommand, MenuButton } from 'grammy/types';

/** What the bot told about itself. */
export class Profile {
  /** By scope and language: `default`, `default zh`, `all_private_chats en`, `chat 42`. */
  readonly commands = new Map<string, readonly BotCommand[]>();
  /** By language; the empty one is for all others. */
  readonly descriptions = new Map<string, string>();
  readonly shortDescriptions = new Map<string, string>();
  /** By chat id; `default` for all others. */
  readonly menuButtons = new Map<number | 'default', MenuButton>();
}

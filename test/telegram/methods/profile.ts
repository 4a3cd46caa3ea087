import type { BotCommand, MenuButton } from 'grammy/types';
import { type Asked, isObject, jsonOf, numberOf, objectOf, textOf } from '../asked.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from './method.ts';

export const setMyCommands: Method = (telegram, { asked }) => {
  const commands = jsonOf(asked.payload, 'commands', 'commands');
  if (!Array.isArray(commands)) throw badRequest("can't parse commands JSON object");
  if (commands.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  const read = commands.map(commandOf);
  telegram.profile.commands.set(listKey(asked.payload), read);
  return true;
};

export const getMyCommands: Method = (telegram, { asked }) => telegram.profile.commands.get(listKey(asked.payload)) ?? [];

export const deleteMyCommands: Method = (telegram, { asked }) => {
  telegram.profile.commands.delete(listKey(asked.payload));
  return true;
};

export const setMyDescription: Method = (telegram, { asked }) => {
  setText(telegram.profile.descriptions, asked.payload, 'description', 512);
  return true;
};

export const getMyDescription: Method = (telegram, { asked }) => ({
  description: textFor(telegram.profile.descriptions, asked.payload),
});

export const setMyShortDescription: Method = (telegram, { asked }) => {
  setText(telegram.profile.shortDescriptions, asked.payload, 'short_description', 120);
  return true;
};

export const getMyShortDescription: Method = (telegram, { asked }) => ({
  short_description: textFor(telegram.profile.shortDescriptions, asked.payload),
});

export const setChatMenuButton: Method = (telegram, { asked }) => {
  const id = numberOf(asked.payload, 'chat_id', 0);
  if (id !== 0) telegram.chats.writable(asked.payload);
  const button = objectOf(asked.payload, 'menu_button', 'menu button') ?? { type: 'default' };
  if (!['default', 'commands', 'web_app'].includes(String(button.type))) throw badRequest('MenuButton has unsupported type');
  telegram.profile.menuButtons.set(id || 'default', button as unknown as MenuButton);
  return true;
};

export const getChatMenuButton: Method = (telegram, { asked }) => {
  const { menuButtons } = telegram.profile;
  return menuButtons.get(numberOf(asked.payload, 'chat_id', 0)) ?? menuButtons.get('default') ?? { type: 'commands' };
};

function commandOf(asked: unknown): BotCommand {
  if (!isObject(asked)) throw badRequest("can't parse commands JSON object");
  const command = textOf(asked, 'command').replace(/^\//, '');
  const description = textOf(asked, 'description').trim();
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (description.length < 1 || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command, description };
}

// Two letters or none: `zh-CN` is refused.
function languageOf(payload: Asked['payload']): string {
  const language = textOf(payload, 'language_code');
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  return language;
}

function listKey(payload: Asked['payload']): string {
  const { type = 'default', chat_id = '', user_id = '' } = objectOf(payload, 'scope', 'BotCommandScope') ?? {};
  return [type, chat_id, user_id].filter((part) => part !== '').join(' ') + ` ${languageOf(payload)}`.trimEnd();
}

function setText(kept: Map<string, string>, payload: Asked['payload'], name: string, longest: number): void {
  const text = textOf(payload, name);
  if (text.length > longest) throw badRequest(`${name.replace('_', ' ')} is too long`);
  if (text === '') kept.delete(languageOf(payload));
  else kept.set(languageOf(payload), text);
}

const textFor = (kept: Map<string, string>, payload: Asked['payload']): string => kept.get(languageOf(payload)) ?? kept.get('') ?? '';

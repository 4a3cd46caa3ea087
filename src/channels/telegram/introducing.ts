import type { Api, RawApi } from 'grammy';
import type { DeskForChannel } from '../channel.ts';
import { menu } from './reading/command.ts';

/** Languages the bot shows itself in, by the code a phone names (ISO 639-1); everyone else is shown the station's own. */
const SHOWN_TO: Readonly<Record<string, string>> = { zh: 'zh-CN', en: 'en' };
/** Longest description before a chat is begun (core.telegram.org/bots/api#setmydescription). */
const DESCRIPTION = 512;

/** What residents see before they write: the menu of commands and what this is, in their language. */
export async function introduce({ raw }: Api<RawApi>, desk: DeskForChannel, defaultLocale: string): Promise<void> {
  const languages = [...Object.entries(SHOWN_TO).map(([code, locale]) => ({ language_code: code, locale })), { locale: defaultLocale }];
  for (const { locale, ...to } of languages) {
    const commands = menu.map((command) => ({ command, description: desk.words(`telegram:commands.${command}`, locale) }));
    await raw.setMyCommands({ commands, ...to } as Parameters<typeof raw.setMyCommands>[0]);
    const station = desk.stationName() || desk.words('desk:station', locale);
    const description = desk.words('telegram:description', locale, { station }).slice(0, DESCRIPTION);
    await raw.setMyDescription({ description, ...to } as Parameters<typeof raw.setMyDescription>[0]);
  }
  await raw.setChatMenuButton({ menu_button: { type: 'commands' } });
}

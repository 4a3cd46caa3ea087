import type { InlineKeyboardMarkup } from 'grammy/types';
import { tapToText } from '../../domain/tap.ts';
import type { DeskForChannel } from '../channel.ts';

const MARK = 'v';

/** The place in the thread whose words a tap on a notice asks for. */
export function unveils(data: string): number | undefined {
  const place = new RegExp(`^${MARK}:(\\d{1,15})$`).exec(data)?.[1];
  return place === undefined ? undefined : Number(place);
}

/** All that a phone on the table may show of an answer in a sealed case. */
export function notice(seq: number, locale: string, words: DeskForChannel['words']): { text: string; keyboard: InlineKeyboardMarkup } {
  return {
    text: words('telegram:veil.notice', locale),
    keyboard: { inline_keyboard: [[{ text: words('telegram:veil.show', locale), callback_data: `${MARK}:${seq}` }]] },
  };
}

/** Offered under words that were shown by a tap: from now on without one. */
export const showAtOnce = (locale: string, words: DeskForChannel['words']) => [
  { label: words('telegram:veil.at-once', locale), tap: tapToText({ on: 'pushes', show: 'words' }) },
];

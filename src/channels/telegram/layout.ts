import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import type { Body } from '../../domain/message.ts';
import { pieces, type TextLimit } from '../../domain/pieces.ts';
import type { DeskForChannel } from '../channel.ts';
import { type Asked, asking } from './keyboard-request.ts';

/** Of one message: Telegram counts UTF-16 units after entities, of which we send none (core.telegram.org/bots/api#sendmessage). */
export const TEXT_LIMIT: TextLimit = { count: 4096, unit: 'characters' };

/** Stands in the words where a secret goes. */
const SECRET_MARK = '••••';

/** One message on the resident's screen: words with the buttons under them, or a file. */
export type Part =
  | { is: 'text'; text: string; keyboard?: InlineKeyboardMarkup }
  | { is: 'file'; media: NonNullable<Body['media']>[number] };

/** What is laid out: as an outbound has it, or as the resident's own thread gives it again. */
export interface Said {
  text: string;
  signature?: string;
  secret?: string;
  buttons?: Body['buttons'];
  expects?: Body['expects'];
  media?: Body['media'];
}

/** The messages that one saying becomes, in order; the same each time, so that a part already sent is known by its place. */
export function laidOut(said: Said, locale: string, words: DeskForChannel['words']): Part[] {
  const text = said.secret === undefined ? said.text : said.text.replace(SECRET_MARK, said.secret);
  const signed = said.signature === undefined ? text : words('telegram:signed', locale, { text, signature: said.signature });
  const rows = [...requestRow(said.expects, locale, words), ...(said.buttons ?? []).map((row) => row.map(buttonOf))];
  const texts = pieces(signed, TEXT_LIMIT);
  return [
    ...texts.map((piece, at): Part => {
      const last = at === texts.length - 1;
      return { is: 'text', text: piece, ...(last && rows.length > 0 && { keyboard: { inline_keyboard: rows } }) };
    }),
    ...(said.media ?? []).filter(({ state }) => state === 'stored').map((media): Part => ({ is: 'file', media })),
  ];
}

function buttonOf({ label, tap, style }: NonNullable<Body['buttons']>[number][number]): InlineKeyboardButton {
  return { text: label, callback_data: tap, ...(style !== undefined && style !== 'plain' && { style }) };
}

/** Where the phone itself can answer, a button that brings up its way to do so. */
function requestRow(expects: Said['expects'], locale: string, words: DeskForChannel['words']): InlineKeyboardButton[][] {
  const asked: Asked | undefined = expects === 'place' || expects === 'phone' ? expects : undefined;
  return asked ? [[{ text: words(`telegram:${asked}.button`, locale), callback_data: asking(asked, locale) }]] : [];
}

/** The button that was tapped, marked; the others are gone, so that nobody taps an old question. */
export function usedKeyboard(keyboard: InlineKeyboardMarkup, tap: string, mark: string): InlineKeyboardMarkup | undefined {
  const used = keyboard.inline_keyboard.flat().find((button) => 'callback_data' in button && button.callback_data === tap);
  if (!used || used.text.startsWith(mark)) return undefined;
  return { inline_keyboard: [[{ text: `${mark}${used.text}`, callback_data: tap }]] };
}

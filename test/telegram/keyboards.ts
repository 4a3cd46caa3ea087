import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types';
import { type Asked, isObject, objectOf } from './asked.ts';
import { badRequest } from './refusal.ts';
import { isWellFormed } from './text.ts';

/** What stands under a message, read and found good. */
export type Markup =
  | { readonly is: 'inline'; readonly markup: InlineKeyboardMarkup }
  | { readonly is: 'reply'; readonly markup: ReplyKeyboardMarkup }
  | { readonly is: 'remove' }
  | { readonly is: 'force' };

const mostButtons = 100;
const mostInRow = 8;

/**
 * The `reply_markup` of a call, refused where Telegram refuses it.
 * Stricter in two things that Telegram swallows without a word: buttons without text and those beyond the hundredth,
 * or the eighth of a row, simply don't show there; here the call is refused, so that a test sees it.
 */
export function markupOf(payload: Asked['payload']): Markup | undefined {
  const asked = objectOf(payload, 'reply_markup', 'reply keyboard markup');
  if (!asked || Object.keys(asked).length === 0) return undefined;
  if ('inline_keyboard' in asked) {
    const rows = rowsOf(asked.inline_keyboard, 'inline keyboard', inlineButton);
    return { is: 'inline', markup: { inline_keyboard: rows as InlineKeyboardMarkup['inline_keyboard'] } };
  }
  if ('keyboard' in asked) {
    const keyboard = rowsOf(asked.keyboard, 'keyboard', keyboardButton);
    return { is: 'reply', markup: { ...asked, keyboard: keyboard as ReplyKeyboardMarkup['keyboard'] } };
  }
  if (asked.remove_keyboard === true) return { is: 'remove' };
  if (asked.force_reply === true) return { is: 'force' };
  return undefined;
}

/** The `reply_markup` of an edit: nothing but an inline keyboard. */
export function inlineMarkupOf(payload: Asked['payload']): InlineKeyboardMarkup | undefined {
  const markup = markupOf(payload);
  if (!markup) return undefined;
  if (markup.is !== 'inline') throw badRequest('inline keyboard expected');
  return markup.markup.inline_keyboard.length > 0 ? markup.markup : undefined;
}

function rowsOf(asked: unknown, called: string, read: (button: unknown) => object): object[][] {
  if (!Array.isArray(asked)) throw badRequest(`can't parse ${called} markup JSON object`);
  const rows = asked.map((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest(`object expected as ${called} markup`);
    if (row.length > mostInRow) throw badRequest('reply markup is too long');
    return row.map(read);
  });
  if (rows.reduce((sum, row) => sum + row.length, 0) > mostButtons) throw badRequest('reply markup is too long');
  return rows.filter((row) => row.length > 0);
}

function labelOf(button: Record<string, unknown>, called: string): string {
  if (typeof button.text !== 'string') throw badRequest(`can't parse ${called.toLowerCase()} button: Field "text" must be of type String`);
  if (!isWellFormed(button.text)) throw badRequest(`${called} button text must be encoded in UTF-8`);
  if (button.text.trim() === '') throw badRequest(`${called} button text must be non-empty`);
  return button.text;
}

const kinds = [
  'callback_data',
  'url',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'copy_text',
  'pay',
];

function inlineButton(button: unknown): object {
  if (!isObject(button)) throw badRequest(`can't parse inline keyboard button: InlineKeyboardButton must be an Object`);
  const text = labelOf(button, 'inline keyboard');
  const kind = kinds.find((name) => name in button);
  if (kind === undefined) throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  const value = button[kind];
  if (kind === 'callback_data' && !isCallbackData(value)) throw badRequest('BUTTON_DATA_INVALID');
  if (kind === 'url' && !/^(https?|tg):\/\/[^\s/]+/i.test(String(value)))
    throw badRequest(`inline keyboard button URL '${String(value)}' is invalid: Wrong HTTP URL`);
  return { text, [kind]: value };
}

function isCallbackData(value: unknown): boolean {
  if (typeof value !== 'string' || !isWellFormed(value)) return false;
  const bytes = Buffer.byteLength(value);
  return bytes >= 1 && bytes <= 64;
}

function keyboardButton(button: unknown): object {
  if (typeof button === 'string') return { text: labelOf({ text: button }, 'keyboard') };
  if (!isObject(button)) throw badRequest(`can't parse keyboard button: KeyboardButton must be an Object`);
  return { ...button, text: labelOf(button, 'keyboard') };
}

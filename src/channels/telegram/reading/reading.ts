import type { Inbound, Input } from '../../../domain/message.ts';
import { tapFromText } from '../../../domain/tap.ts';
import { type Asked, askedFor } from '../keyboard-request.ts';
import { unveils } from '../veil.ts';
import { contentOf, typed } from './content.ts';
import { type CallbackQuery, callbackQuery, chatMember, type Message, message, type Update } from './shape.ts';

/** A tap on a button: answered in any case, and the keyboard it was on is used. */
export interface Tapped {
  query: string;
  chat: string;
  data: string;
  /** The message it stood under, where Telegram still knows it. */
  message?: { id: number; keyboard?: NonNullable<NonNullable<CallbackQuery['message']>['reply_markup']> };
  locale: string;
}

/** What an update is, before anything is done about it. `chat` parts those that must stay in order from all others. */
export type Reading =
  | { is: 'inbound'; chat: string; inbound: Inbound; tapped?: Tapped }
  /** Asks for the words behind a notice. */
  | { is: 'unveil'; chat: string; place: string; locale: string; tapped: Tapped }
  /** Asks for the phone's own way of sending a place or a number. */
  | { is: 'request'; chat: string; asked: Asked; locale: string; tapped: Tapped }
  | { is: 'worn-button'; chat: string; tapped: Tapped }
  /** A group or channel: not for us. */
  | { is: 'not-private'; chat: string; locale: string }
  | { is: 'nothing'; chat: string; what: string };

/** Kept sealed for seven days where it can't be read. */
const RAW_UNITS = 64 * 1024;
/** The updates we ask Telegram for. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** Who takes updates: the bot's own id, and the language of those who name none. */
export interface Reader {
  bot: string;
  defaultLocale: string;
}

export function readUpdate(update: Update, reader: Reader): Reading {
  if (Object.hasOwn(update, 'message')) return readMessage(update, reader);
  if (Object.hasOwn(update, 'edited_message')) return readEdit(update, reader);
  if (Object.hasOwn(update, 'callback_query')) return readTap(update, reader);
  if (Object.hasOwn(update, 'my_chat_member')) return readMembership(update, reader);
  return nothing(Object.keys(update).find((key) => key !== 'update_id') ?? 'empty');
}

/** What could not be taken as it is, kept whole for those who mend the bot; its resident is told that it could not be read. */
export function asUnknown(reading: Extract<Reading, { is: 'inbound' }>, update: Update): Inbound {
  return { ...reading.inbound, input: { type: 'unknown', what: 'failed' }, ...raw(update) };
}

function readMessage(update: Update, reader: Reader): Reading {
  const read = message.safeParse(update.message);
  if (!read.success) return nothing('message');
  const { data } = read;
  if (data.chat.type !== 'private') return notPrivate(data, reader);
  const input = contentOf(data);
  if (!input) return nothing('service message');
  const { reply_to_message: quoted } = data;
  const inbound = inboundOf(update, data, reader, input);
  return {
    is: 'inbound',
    chat: inbound.address,
    inbound: {
      ...inbound,
      ...(data.message_id !== undefined && { knownAs: nameOf(data.chat.id, data.message_id) }),
      ...(quoted && { quotes: nameOf(data.chat.id, quoted.message_id) }),
      ...(input.type === 'unknown' && raw(update)),
    },
  };
}

/** An edit counts where words were changed; a location that moves on its own is none. One that does not say of what is taken as new words. */
function readEdit(update: Update, reader: Reader): Reading {
  const read = message.safeParse(update.edited_message);
  if (!read.success) return nothing('edited_message');
  const { data } = read;
  if (data.chat.type !== 'private') return notPrivate(data, reader);
  const text = typed(data.text) || typed(data.caption);
  if (text === '') return nothing('edit without words');
  const { message_id: edited } = data;
  const input: Input = edited === undefined ? { type: 'text', text } : { type: 'edited', text, messageId: nameOf(data.chat.id, edited) };
  const inbound = inboundOf(update, data, reader, input);
  return { is: 'inbound', chat: inbound.address, inbound };
}

function readTap(update: Update, reader: Reader): Reading {
  const read = callbackQuery.safeParse(update.callback_query);
  if (!read.success) return nothing('callback_query');
  const { id, from, message: under, data = '' } = read.data;
  const chat = String(under?.chat.id ?? from.id);
  const locale = localeOf(from.language_code, reader);
  const tapped: Tapped = {
    query: id,
    chat,
    data,
    ...(under && { message: { id: under.message_id, ...(under.reply_markup && { keyboard: under.reply_markup }) } }),
    locale,
  };
  // In a private chat only its own resident can tap.
  if (under && (under.chat.type !== 'private' || under.chat.id !== from.id)) return { is: 'worn-button', chat, tapped };
  const asked = askedFor(data);
  if (asked) return { is: 'request', chat, ...asked, tapped };
  const hidden = unveils(data);
  if (hidden) return { is: 'unveil', chat, ...hidden, tapped };
  const tap = tapFromText(data);
  if (!tap) return { is: 'worn-button', chat, tapped };
  const inbound: Inbound = {
    channel: 'telegram',
    bot: reader.bot,
    updateId: String(update.update_id),
    address: chat,
    locale,
    input: { type: 'tap', tap },
  };
  return { is: 'inbound', chat, inbound, tapped };
}

/** Blocked, or back again; in a group, that we were taken in. */
function readMembership(update: Update, reader: Reader): Reading {
  const read = chatMember.safeParse(update.my_chat_member);
  if (!read.success) return nothing('my_chat_member');
  const { chat, from, new_chat_member } = read.data;
  const here = !['kicked', 'left'].includes(new_chat_member.status);
  const address = String(chat.id);
  const locale = localeOf(from?.language_code, reader);
  if (chat.type !== 'private') return here ? { is: 'not-private', chat: address, locale } : nothing('left');
  const inbound: Inbound = {
    channel: 'telegram',
    bot: reader.bot,
    updateId: String(update.update_id),
    address,
    locale,
    input: { type: 'reachability', to: here ? 'back' : 'blocked' },
  };
  return { is: 'inbound', chat: address, inbound };
}

function inboundOf(update: Update, { chat, from, date }: Message, reader: Reader, input: Input): Inbound {
  return {
    channel: 'telegram',
    bot: reader.bot,
    updateId: String(update.update_id),
    address: String(chat.id),
    locale: localeOf(from?.language_code, reader),
    input,
    ...(date !== undefined && { sentAt: date * 1000 }),
  };
}

/** A message by the name that quotes, edits and what we sent ourselves share. */
export const nameOf = (chat: number | string, messageId: number): string => `${chat}/${messageId}`;

/** Chinese for those whose phone speaks it, English for whom it says another language, else as the station has it. */
function localeOf(code: string | undefined, { defaultLocale }: Reader): string {
  if (code === undefined || code === '') return defaultLocale;
  return /^zh\b/i.test(code) ? 'zh-CN' : 'en';
}

const notPrivate = ({ chat, from }: Message, reader: Reader): Reading => ({
  is: 'not-private',
  chat: String(chat.id),
  locale: localeOf(from?.language_code, reader),
});
const nothing = (what: string): Reading => ({ is: 'nothing', chat: '', what: what.slice(0, 60) });

/** The whole of it, as far as it can be written down again: what is nested too deep cannot. */
function raw(update: Update): { raw?: string } {
  try {
    return { raw: JSON.stringify(update).slice(0, RAW_UNITS) };
  } catch {
    return {};
  }
}

import type { Message } from 'grammy/types';
import { type Asked, isSet, numberOf, objectOf, textOf } from '../asked.ts';
import type { Chat } from '../chats.ts';
import { type Markup, markupOf } from '../keyboards.ts';
import { badRequest } from '../refusal.ts';
import type { Telegram } from '../telegram.ts';
import { longestText, parsed, shown } from '../text.ts';
import type { Method } from './method.ts';

export const sendMessage: Method = (telegram, { asked, method }) => {
  const chat = telegram.chats.writable(asked.payload);
  if (textOf(asked.payload, 'text') === '') throw badRequest('message text is empty');
  const { text, entities } = readText(asked.payload, 'text', longestText, 'message is too long');
  if (text === '') throw badRequest('text must be non-empty');
  return place(telegram, chat, asked.payload, method, { text, ...(entities.length > 0 && { entities }) });
};

export const sendChatAction: Method = (telegram, { asked }) => {
  const chat = telegram.chats.writable(asked.payload);
  const action = textOf(asked.payload, 'action');
  if (!actions.includes(action)) throw badRequest('wrong parameter action in request');
  chat.actions.push({ action, at: Date.now() });
  return true;
};

const kinds = ['video', 'voice', 'document', 'video_note'];
const actions = [
  'typing',
  'upload_photo',
  'choose_sticker',
  'find_location',
  ...kinds.flatMap((kind) => [`upload_${kind}`, `record_${kind}`]),
];

/** A text parameter as it will be shown, with the marks of `parse_mode` or the entities given. */
export function readText(payload: Asked['payload'], name: string, longest: number, tooLong: string) {
  const read = parsed(textOf(payload, name), textOf(payload, 'parse_mode'));
  const text = shown(read.text);
  if (text.length > longest) throw badRequest(tooLong);
  return { text, entities: read.entities };
}

/** The message that a send replies to, if any; refused where there is none such. */
export function replyOf(chat: Chat, payload: Asked['payload']): number | undefined {
  const parameters = objectOf(payload, 'reply_parameters', 'reply parameters') ?? {};
  const id = numberOf(parameters, 'message_id', numberOf(payload, 'reply_to_message_id', 0));
  if (id === 0) return undefined;
  if (chat.messages.has(id)) return id;
  if (isSet(parameters, 'allow_sending_without_reply') || isSet(payload, 'allow_sending_without_reply')) return undefined;
  throw badRequest('message to be replied not found');
}

/** Puts what the bot sends into the chat, shows its keyboard, and notes it as sent. */
export function place(
  telegram: Telegram,
  chat: Chat,
  payload: Asked['payload'],
  method: string,
  content: Record<string, unknown>,
): Message {
  const markup = markupOf(payload);
  refuseAskingInGroups(chat, markup);
  const inline = markup?.is === 'inline' && markup.markup.inline_keyboard.length > 0 ? { reply_markup: markup.markup } : {};
  const message = telegram.post(
    chat,
    telegram.author,
    { ...content, ...inline, ...(isSet(payload, 'protect_content') && { has_protected_content: true }) },
    { replyTo: replyOf(chat, payload), hasReplyKeyboard: markup !== undefined && markup.is !== 'inline' },
  );
  if (markup?.is === 'reply') chat.replyKeyboard = markup.markup.keyboard.length > 0 ? markup.markup : chat.replyKeyboard;
  if (markup?.is === 'remove') chat.replyKeyboard = undefined;
  telegram.log.sent.push({
    at: Date.now(),
    method,
    chatId: chat.id,
    messageId: message.message_id,
    text: message.text ?? message.caption ?? '',
    message,
    payload,
  });
  return message;
}

function refuseAskingInGroups(chat: Chat, markup: Markup | undefined): void {
  if (markup?.is !== 'reply' || chat.type === 'private') return;
  for (const button of markup.markup.keyboard.flat()) {
    if (typeof button === 'string') continue;
    if ('request_contact' in button) throw badRequest('phone number can be requested in private chats only');
    if ('request_location' in button) throw badRequest('location can be requested in private chats only');
  }
}

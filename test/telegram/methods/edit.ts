import { isDeepStrictEqual } from 'node:util';
import type { Message } from 'grammy/types';
import { type Asked, numberOf, textOf } from '../asked.ts';
import type { Chat, Kept } from '../chats.ts';
import { inlineMarkupOf } from '../keyboards.ts';
import { badRequest } from '../refusal.ts';
import { type Telegram, unixNow } from '../telegram.ts';
import { longestText } from '../text.ts';
import type { Method } from './method.ts';
import { readText } from './send.ts';

export const editMessageText: Method = (telegram, { asked }) => {
  if (textOf(asked.payload, 'text') === '') throw badRequest('message text is empty');
  const { chat, kept } = editable(telegram, asked.payload);
  if (kept.message.text === undefined) throw badRequest('there is no text in the message to edit');
  const { text, entities } = readText(asked.payload, 'text', longestText, 'MESSAGE_TOO_LONG');
  if (text === '') throw badRequest('text must be non-empty');
  const { entities: _, reply_markup: __, ...message } = kept.message;
  return change(chat, kept, { ...message, text, ...(entities.length > 0 && { entities }) }, asked.payload);
};

export const editMessageReplyMarkup: Method = (telegram, { asked }) => {
  const { chat, kept } = editable(telegram, asked.payload);
  const { reply_markup: _, ...message } = kept.message;
  return change(chat, kept, message, asked.payload);
};

/** In a private chat a bot may delete anything that is not older than two days; of a group only what it wrote. */
export const deleteMessage: Method = (telegram, { asked }) => {
  const chat = telegram.chats.writable(asked.payload);
  const kept = chat.messages.get(messageIdOf(asked.payload));
  if (!kept) throw badRequest('message to delete not found');
  if (chat.type !== 'private' && !kept.byBot) throw badRequest("message can't be deleted");
  if (unixNow() - kept.message.date > 48 * 3600) throw badRequest("message can't be deleted for everyone");
  chat.messages.delete(kept.message.message_id);
  return true;
};

function messageIdOf(payload: Asked['payload']): number {
  const id = numberOf(payload, 'message_id', 0);
  if (id === 0) throw badRequest('message identifier is not specified');
  return id;
}

function editable(telegram: Telegram, payload: Asked['payload']): { chat: Chat; kept: Kept } {
  const id = messageIdOf(payload);
  const chat = telegram.chats.writable(payload);
  const kept = chat.messages.get(id);
  if (!kept) throw badRequest('message to edit not found');
  if (!kept.byBot || kept.hasReplyKeyboard) throw badRequest("message can't be edited");
  return { chat, kept };
}

function change(chat: Chat, kept: Kept, content: object, payload: Asked['payload']): Message {
  const markup = inlineMarkupOf(payload);
  const { edit_date: _, ...before } = kept.message;
  const { edit_date: __, ...after } = { ...content, ...(markup && { reply_markup: markup }) } as Message;
  if (isDeepStrictEqual(before, after))
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  kept.message = { ...after, edit_date: unixNow() } as Message;
  chat.messages.set(kept.message.message_id, kept);
  return kept.message;
}

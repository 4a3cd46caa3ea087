import { isSet, textOf } from '../asked.ts';
import { badRequest } from '../refusal.ts';
import { shown } from '../text.ts';
import type { Method } from './method.ts';

const longestNotice = 200;

export const answerCallbackQuery: Method = (telegram, { asked }) => {
  const queryId = textOf(asked.payload, 'callback_query_id');
  const tap = telegram.taps.get(queryId);
  const now = Date.now();
  if (!tap || now - tap.at > telegram.callbackLifetimeMs)
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  const text = shown(textOf(asked.payload, 'text'));
  if (text.length > longestNotice) throw badRequest('MESSAGE_TOO_LONG');
  telegram.log.callbackAnswers.push({
    at: now,
    queryId,
    chatId: tap.chatId,
    userId: tap.userId,
    ...(text !== '' && { text }),
    showAlert: isSet(asked.payload, 'show_alert'),
  });
  return true;
};

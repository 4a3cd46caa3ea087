import type { ReplyKeyboardMarkup } from 'grammy/types';
import type { DeskForChannel } from '../channel.ts';

/** What a phone can send by itself. */
export type Asked = 'place' | 'phone';

const MARK = 't';

/** What the button under a question carries that brings up the phone's own. */
export const asking = (asked: Asked, locale: string): string => `${MARK}:${asked}:${locale}`;

export function askedFor(data: string): { asked: Asked; locale: string } | undefined {
  const [mark, asked, locale = ''] = data.split(':');
  return mark === MARK && (asked === 'place' || asked === 'phone') ? { asked, locale } : undefined;
}

/** The keyboard that sends a location or one's own number; it goes away once used. */
export function requestKeyboard({ asked, locale }: { asked: Asked; locale: string }, words: DeskForChannel['words']): ReplyKeyboardMarkup {
  const text = words(`telegram:${asked}.send`, locale);
  return {
    keyboard: [[asked === 'place' ? { text, request_location: true } : { text, request_contact: true }]],
    resize_keyboard: true,
    one_time_keyboard: true,
  };
}

import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { tapToText } from '../../domain/tap.ts';
import type { DeskForChannel } from '../channel.ts';

const MARK = 'v';
const BLOCK = 16;

/** What a tap on a notice asks for, as its button carries it, and in which language it was shown; undefined for any other button. */
export function unveils(data: string): { place: string; locale: string } | undefined {
  const [mark, locale = '', place = ''] = data.split(':');
  return mark === MARK && place !== '' ? { place, locale } : undefined;
}

/** All that a phone on the table may show of an answer in a sealed case. */
export function notice(place: string, locale: string, words: DeskForChannel['words']): { text: string; keyboard: InlineKeyboardMarkup } {
  return {
    text: words('telegram:veil.notice', locale),
    keyboard: { inline_keyboard: [[{ text: words('telegram:veil.show', locale), callback_data: `${MARK}:${locale}:${place}` }]] },
  };
}

/** Hides a place in the order of everything said: its number would count what others say. One block of AES, half of it zeros to know it by. */
export function createPlaces(key: Uint8Array) {
  const ecb = <C extends ReturnType<typeof createCipheriv> | ReturnType<typeof createDecipheriv>>(cipher: C, block: Buffer): Buffer =>
    Buffer.concat([cipher.setAutoPadding(false).update(block), cipher.final()]);
  return {
    hide(seq: number): string {
      const block = Buffer.alloc(BLOCK);
      block.writeBigUInt64BE(BigInt(seq));
      return ecb(createCipheriv('aes-256-ecb', key, null), block).toString('base64url');
    },
    find(place: string): number | undefined {
      const hidden = Buffer.from(place, 'base64url');
      if (hidden.length !== BLOCK) return undefined;
      const block = ecb(createDecipheriv('aes-256-ecb', key, null), hidden);
      const seq = Number(block.readBigUInt64BE());
      return block.readBigUInt64BE(8) === 0n && Number.isSafeInteger(seq) ? seq : undefined;
    },
  };
}

/** Offered under words that were shown by a tap: from now on without one. */
export const showAtOnce = (locale: string, words: DeskForChannel['words']) => [
  { label: words('telegram:veil.at-once', locale), tap: tapToText({ on: 'pushes', show: 'words' }) },
];

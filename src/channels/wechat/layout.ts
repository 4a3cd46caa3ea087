import type { Outbound } from '../../domain/message.ts';
import { pieces, type TextLimit } from '../../domain/pieces.ts';
import type { DeskForChannel } from '../channel.ts';

/** Of one text message: WeChat counts bytes of UTF-8 (errcode 45002 beyond). */
export const TEXT_LIMIT: TextLimit = { count: 2048, unit: 'bytes' };

/** Stands in the words where a secret goes. */
const SECRET_MARK = '••••';

/** What is said, with what may be chosen as numbered lines: a number typed is words, and words open the window of 48 hours. */
export function inWords({ body, secret, locale }: Pick<Outbound, 'body' | 'secret' | 'locale'>, words: DeskForChannel['words']): string {
  const text = secret === undefined ? body.text : body.text.replace(SECRET_MARK, secret);
  const signed = body.by.kind === 'officer' ? words('wechat:signed', locale, { text, signature: body.by.signature }) : text;
  const buttons = (body.buttons ?? []).flat();
  if (buttons.length === 0) return signed;
  const lines = buttons.map(({ label }, at) => words('wechat:numbered', locale, { number: at + 1, label }));
  return [signed, ...lines, words('wechat:reply-number', locale)].join('\n');
}

/** The messages that one saying becomes, the same each time. */
export const parts = (outbound: Pick<Outbound, 'body' | 'secret' | 'locale'>, words: DeskForChannel['words']): string[] =>
  pieces(inWords(outbound, words), TEXT_LIMIT);

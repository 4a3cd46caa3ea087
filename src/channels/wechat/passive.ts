import type { Outbound } from '../../domain/message.ts';
import type { DeskForChannel } from '../channel.ts';
import { inWords, TEXT_LIMIT } from './layout.ts';

/** Between two sayings in one message. */
const BETWEEN = '\n\n';
/** WeChat asks three times within fifteen seconds; the same answer is given each time. */
const REMEMBERED_MS = 20_000;

/** As many sayings as one passive reply holds, in their order; the rest goes by itself afterwards. */
export function laidInto(
  outbound: readonly Outbound[],
  words: DeskForChannel['words'],
): { text: string; laid: Outbound[]; rest: Outbound[] } {
  let text = '';
  let fits = 0;
  for (const one of outbound) {
    const next = text === '' ? inWords(one, words) : `${text}${BETWEEN}${inWords(one, words)}`;
    if (one.veiled || Buffer.byteLength(next) > TEXT_LIMIT.count) break;
    text = next;
    fits += 1;
  }
  return { text, laid: outbound.slice(0, fits), rest: outbound.slice(fits) };
}

/** Answers given in a response, by the update they answered, for as long as WeChat may ask again. */
export function createAnswers(now: () => number) {
  const given = new Map<string, { text: string; until: number }>();
  return {
    give(updateId: string, text: string): void {
      const at = now();
      for (const [id, { until }] of given) {
        if (until > at) break;
        given.delete(id);
      }
      given.set(updateId, { text, until: at + REMEMBERED_MS });
    },
    again: (updateId: string): string | undefined => {
      const known = given.get(updateId);
      return known && known.until > now() ? known.text : undefined;
    },
  };
}

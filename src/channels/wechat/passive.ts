import type { Outbound } from '../../domain/message.ts';
import type { DeskForChannel } from '../channel.ts';
import { inWords, TEXT_LIMIT } from './layout.ts';

/** Between two sayings in one message. */
const BETWEEN = '\n\n';
/** WeChat asks three times within fifteen seconds; the same answer is given each time. */
const REMEMBERED_MS = 20_000;

/** As many sayings as one passive reply holds, in their order, one notice standing for all that is veiled; the rest goes by itself afterwards. */
export function laidInto(
  outbound: readonly Outbound[],
  words: DeskForChannel['words'],
): { text: string; laid: Outbound[]; rest: Outbound[] } {
  const said: string[] = [];
  let fits = 0;
  for (const one of outbound) {
    const next = one.veiled ? words('wechat:veil', one.locale) : inWords(one, words);
    const isNew = !one.veiled || !said.includes(next);
    const size = Buffer.byteLength([...said, ...(isNew ? [next] : [])].join(BETWEEN));
    // A long answer of which a part has gone already goes on by itself.
    if (one.partsSent.length > 0 || size > TEXT_LIMIT.count) break;
    if (isNew) said.push(next);
    fits += 1;
  }
  return { text: said.join(BETWEEN), laid: outbound.slice(0, fits), rest: outbound.slice(fits) };
}

/** Answers laid into a response, by the update they answered, for as long as WeChat may ask again. */
export function createAnswers<Answer>(now: () => number) {
  const laid = new Map<string, { answer: Answer; until: number }>();
  return {
    keep(updateId: string, answer: Answer): void {
      const at = now();
      for (const [id, { until }] of laid) {
        if (until > at) break;
        laid.delete(id);
      }
      laid.set(updateId, { answer, until: at + REMEMBERED_MS });
    },
    again: (updateId: string): Answer | undefined => {
      const known = laid.get(updateId);
      return known && known.until > now() ? known.answer : undefined;
    },
  };
}

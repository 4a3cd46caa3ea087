import type { Refusal, Refused } from '../../domain/refusal.ts';
import type { Spoken } from '../deps.ts';
import type { Problem } from '../views/problem.ts';
import { problem } from '../views/problem.ts';
import { retryAfterOf, statusOf } from './status.ts';
import type { Wrong } from './validation.ts';

/** A refusal as RFC 9457 in the reader's language. Holds nothing of the request: two equal refusals are equal bytes. */
export function problemOf(refused: Pick<Refused, 'code' | 'detail'>, words: Spoken, locale: string): Problem {
  const { code, detail } = refused;
  const retryAfter = typeof detail.retryAfter === 'number' ? detail.retryAfter : retryAfterOf[code];
  const wrong = detail.wrong as readonly Wrong[] | undefined;
  const who = typeof detail.who === 'string' ? whoShown(detail.who, words, locale) : undefined;
  return {
    type: `urn:tiexin:problem:${code}`,
    title: words.t(`problem:${code}.title`, locale),
    status: statusOf[code],
    code,
    detail: sentence(code, who, words, locale),
    ...(wrong && {
      errors: wrong.map(({ pointer, wrong: what, values }) => ({ pointer, message: words.t(`problem:wrong.${what}`, locale, values) })),
    }),
    ...(who !== undefined && { who }),
    ...(Array.isArray(detail.changed) && { changed: detail.changed }),
    ...(typeof detail.version === 'number' && { version: detail.version }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** A standing in words (`lead`), or a name as it is. */
const whoShown = (who: string, words: Spoken, locale: string): string =>
  words.has(`problem:standing.${who}`, locale) ? words.t(`problem:standing.${who}`, locale) : who;

const sentence = (code: Refusal, who: string | undefined, words: Spoken, locale: string): string =>
  who !== undefined && words.has(`problem:${code}.who`, locale)
    ? words.t(`problem:${code}.who`, locale, { who })
    : words.t(`problem:${code}.detail`, locale);

/** The response schemas of the refusals a route may give: for the OpenAPI document and the console's types. */
export const problems = <Status extends number>(...statuses: readonly Status[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: DESCRIPTIONS[status] ?? 'Refused', content: { 'application/problem+json': { schema: problem } } },
    ]),
  ) as Record<Status, { description: string; content: { 'application/problem+json': { schema: typeof problem } } }>;

const DESCRIPTIONS: Record<number, string> = {
  400: 'The request can not be read, or does not fit',
  401: 'Not signed in',
  403: 'Visible, but not yours to do; or the request did not come from our own page',
  404: 'Does not exist, or is out of your sight: the two can not be told apart',
  409: 'Not possible now',
  412: 'The case has changed since: the events are named',
  413: 'The body is too large',
  415: 'The body is of another type than JSON',
  422: 'The Idempotency-Key was used with another body',
  428: 'If-Match is needed',
  429: 'Too many tries',
  503: 'The store can not take it now: try again later',
};

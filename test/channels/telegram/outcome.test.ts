import { GrammyError, HttpError } from 'grammy';
import { describe, expect, test } from 'vitest';
import { Unreadable } from '../../../src/channels/telegram/api.ts';
import { failureOf, outcomeOf } from '../../../src/channels/telegram/outcome.ts';

const said = (error_code: number, description: string, parameters = {}) =>
  new GrammyError('failed', { ok: false, error_code, description, parameters }, 'sendMessage', { text: '很私人的话' });
const coded = (code: string) => new HttpError('failed', Object.assign(new Error('x'), { code }));
const outcome = (error: unknown) => outcomeOf(failureOf(error), 1_000_000, 1);

describe('what a failed call means', () => {
  test('told to wait: later, exactly then', () => {
    expect(outcome(said(429, 'Too Many Requests: retry after 7', { retry_after: 7 }))).toEqual({
      is: 'later',
      at: 1_007_000,
      reason: 'told-to-wait',
    });
  });

  test('blocked, gone or unknown: the conversation cannot be reached', () => {
    expect(outcome(said(403, 'Forbidden: bot was blocked by the user'))).toEqual({ is: 'blocked', reason: 'blocked' });
    expect(outcome(said(403, 'Forbidden: user is deactivated'))).toEqual({ is: 'blocked', reason: 'deactivated' });
    expect(outcome(said(400, 'Bad Request: chat not found'))).toEqual({ is: 'blocked', reason: 'chat-not-found' });
  });

  test('an answer that says it failed, or no connection at all: it surely did not go, and goes later', () => {
    for (const error of [said(500, 'Internal Server Error'), said(503, 'x'), coded('ECONNREFUSED'), coded('UND_ERR_CONNECT_TIMEOUT')])
      expect(outcome(error)).toMatchObject({ is: 'later' });
  });

  test('an answer that was lost: nobody knows', () => {
    for (const error of [
      said(502, 'Bad Gateway'),
      said(504, 'x'),
      coded('UND_ERR_HEADERS_TIMEOUT'),
      coded('UND_ERR_SOCKET'),
      coded('ECONNRESET'),
    ])
      expect(outcome(error)).toMatchObject({ is: 'unknown' });
    expect(outcome(new HttpError('failed', new Unreadable(200)))).toEqual({ is: 'unknown', reason: 'status 200' });
  });

  test('a token Telegram does not know is mended by a person, and no message is given up for it', () => {
    for (const error of [said(401, 'Unauthorized'), said(404, 'Not Found')])
      expect(outcome(error)).toEqual({ is: 'later', at: 1_120_000, reason: 'token' });
  });

  test('a message Telegram will not have is refused with its reason, which holds no word of it', () => {
    expect(outcome(said(400, 'Bad Request: message is too long'))).toEqual({ is: 'refused', reason: 'message is too long' });
  });
});

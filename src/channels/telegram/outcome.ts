import { GrammyError, HttpError } from 'grammy';
import type { SendOutcome } from '../../domain/message.ts';

/** Never sent, whoever asks: the connection was not there to send over. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ECONNABORTED',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** Waits before a call is tried again that surely did not take effect. */
const AGAIN_MS = 2_000;
/** A token that Telegram does not know (any more) is mended by a person: words wait for that. */
const TOKEN_WRONG_MS = 60_000;

/** How often each kind of failure was met is told by its reason. */
export type Failure =
  | { is: 'told-to-wait'; seconds: number }
  | { is: 'unreachable'; reason: 'blocked' | 'deactivated' | 'chat-not-found' }
  | { is: 'refused'; reason: string }
  | { is: 'not-sent'; reason: string; waitMs: number }
  | { is: 'unclear'; reason: string };

/** What a failed call means (core.telegram.org/bots/api#making-requests): only a call whose answer was lost may have taken effect. */
export function failureOf(error: unknown): Failure {
  if (error instanceof GrammyError) return answerOf(error.error_code, error.description, error.parameters.retry_after);
  const cause = error instanceof HttpError ? error.error : error;
  const code = codeOf(cause);
  return NOT_CONNECTED.has(code) ? { is: 'not-sent', reason: code, waitMs: AGAIN_MS } : { is: 'unclear', reason: code };
}

function answerOf(code: number, description: string, retryAfter: number | undefined): Failure {
  if (code === 429) return { is: 'told-to-wait', seconds: Math.ceil(retryAfter ?? 5) };
  if (code === 403) return { is: 'unreachable', reason: /deactivated/i.test(description) ? 'deactivated' : 'blocked' };
  if (code === 400 && /chat not found|PEER_ID_INVALID|user not found/i.test(description))
    return { is: 'unreachable', reason: 'chat-not-found' };
  if (code === 401 || code === 404) return { is: 'not-sent', reason: 'token', waitMs: TOKEN_WRONG_MS };
  // A gateway that gave up waiting does not know what became of the call behind it.
  if (code === 502 || code === 504) return { is: 'unclear', reason: String(code) };
  if (code >= 500) return { is: 'not-sent', reason: String(code), waitMs: AGAIN_MS };
  return { is: 'refused', reason: description.replace(/^Bad Request: /, '').slice(0, 120) };
}

/** The same as the outbox knows it. */
export function outcomeOf(failure: Failure, now: number, attempts: number): SendOutcome {
  switch (failure.is) {
    case 'told-to-wait':
      return { is: 'later', at: now + failure.seconds * 1000, reason: 'told-to-wait' };
    case 'unreachable':
      return { is: 'blocked', reason: failure.reason };
    case 'refused':
      return { is: 'refused', reason: failure.reason };
    case 'not-sent':
      return { is: 'later', at: now + Math.min(failure.waitMs * 2 ** Math.min(attempts, 8), 15 * 60_000), reason: failure.reason };
    case 'unclear':
      return { is: 'unknown', reason: failure.reason };
  }
}

/** A short name of what went wrong; never what was being said. */
function codeOf(cause: unknown): string {
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  if (cause instanceof Error && 'status' in cause && typeof cause.status === 'number') return `status ${cause.status}`;
  return cause instanceof Error ? cause.name : 'failed';
}

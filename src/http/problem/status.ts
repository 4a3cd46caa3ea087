import type { Refusal } from '../../domain/refusal.ts';

/** The HTTP status of every expected refusal. */
export const statusOf = {
  malformed: 400,
  invalid: 400,
  'weak-password': 400,
  'signed-out': 401,
  'wrong-sign-in': 401,
  'must-change-password': 403,
  csrf: 403,
  'not-your-step': 403,
  'not-your-role': 403,
  'not-found': 404,
  'not-allowed-now': 409,
  'already-done': 409,
  'call-first': 409,
  'username-taken': 409,
  stale: 412,
  'too-large': 413,
  'unsupported-media': 415,
  'key-reused': 422,
  'if-match-needed': 428,
  'sign-in-limited': 429,
  'rate-limited': 429,
  internal: 500,
  unavailable: 503,
  'no-space': 503,
} as const satisfies Record<Refusal, number>;

/** Seconds after which trying again makes sense, where the refusal itself doesn't say. */
export const retryAfterOf: Partial<Record<Refusal, number>> = {
  'sign-in-limited': 900,
  'rate-limited': 60,
  unavailable: 5,
  'no-space': 60,
};

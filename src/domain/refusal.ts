/** Every expected refusal by its stable code; `http/` maps each to a status, `locales/<lang>/problem.json` to words. */
export const refusals = [
  'malformed',
  'invalid',
  'too-large',
  'unsupported-media',
  'signed-out',
  'wrong-sign-in',
  'sign-in-limited',
  'must-change-password',
  'weak-password',
  'csrf',
  'not-found',
  'if-match-needed',
  'stale',
  'not-your-step',
  'not-allowed-now',
  'already-done',
  'call-first',
  'key-reused',
  'rate-limited',
  'unavailable',
  'no-space',
  'username-taken',
  'not-your-role',
  'internal',
] as const;
export type Refusal = (typeof refusals)[number];

/** An expected refusal: nothing was changed, and `code` says why. `detail` names who can, what is wrong, how long to wait. */
export class Refused extends Error {
  readonly code: Refusal;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: Refusal, detail: Readonly<Record<string, unknown>> = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.name = 'Refused';
    this.code = code;
    this.detail = detail;
  }
}

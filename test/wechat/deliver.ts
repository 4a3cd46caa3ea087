/** How callbacks are brought, and what goes wrong on the way; chances lie between 0 (never) and 1 (always). */
export interface DeliverOptions {
  /** The chance that what was answered is brought again: at once, or up to `lateMs` later. Nobody sees the answers to it. */
  repeat: number;
  lateMs: number;
  /** The chance that a request breaks off in the middle of its body. */
  cutRequest: number;
  /** The chance that the answer is cut off once it begins to come: it was heard, and WeChat does not know. */
  dropResponse: number;
  /** How long an answer is waited for, in ms: all of it. */
  timeoutMs: number;
  /** How often it is tried in all. */
  tries: number;
  /** The first and the longest wait before the next try, in ms; it doubles. */
  retryMs: { first: number; longest: number };
  /** Beyond what WeChat does: tries until there is an answer, for a desk that dies and rises. */
  insist: boolean;
  /** True: a retry is the very same request, signature and all. False: signed anew. */
  sameLetter: boolean;
  /** True: one resident's callbacks come one after another. False: all at once, as they come. */
  inOrder: boolean;
  /** False holds back every callback that is not on its way; true brings what was held back, and goes on. */
  on: boolean;
}

/** As WeChat has it, and nothing goes wrong but what was asked for; `release` is called whenever `on` becomes true. */
export function deliverOptions(asked: Partial<DeliverOptions>, release: () => void): DeliverOptions {
  let { on = true } = asked;
  return {
    repeat: 0,
    lateMs: 200,
    cutRequest: 0,
    dropResponse: 0,
    timeoutMs: 5_000,
    tries: 3,
    retryMs: { first: 20, longest: 500 },
    insist: false,
    sameLetter: false,
    inOrder: true,
    ...asked,
    get on() {
      return on;
    },
    set on(wanted) {
      on = wanted;
      if (on) release();
    },
  };
}

/** What a test may set about the way in; all of it may change while updates flow. */
export interface DeliverOptions {
  /** How likely an update comes again although it was acknowledged: half of the time at once, half of the time late, behind newer ones. */
  repeat: number;
  /** How late a late repeat may be, in ms. */
  lateMs: number;
  /** How likely a request is cut off in the middle of its body. */
  cutRequest: number;
  /** How likely the answer is dropped: the bot took the update, Telegram never learns of it. Of getUpdates too. */
  dropResponse: number;
  /** How long an answer of the webhook is waited for, in ms. */
  timeoutMs: number;
  /** The first and the longest wait before an update is sent again, in ms; the wait doubles. */
  retryMs: { first: number; longest: number };
  /**
   * True as Telegram has it: taps wait in a line of their own, by user, beside the chat's messages.
   * False: all of a chat's updates in one line.
   */
  tapsApart: boolean;
  /** False holds back every update that is not on its way; true delivers what was held back, and goes on. */
  on: boolean;
}

/** Nothing goes wrong but what was asked for; `release` is called whenever `on` becomes true. */
export function deliverOptions(asked: Partial<DeliverOptions>, release: () => void): DeliverOptions {
  let { on = true } = asked;
  return {
    repeat: 0,
    lateMs: 200,
    cutRequest: 0,
    dropResponse: 0,
    timeoutMs: 30_000,
    retryMs: { first: 20, longest: 500 },
    tapsApart: false,
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

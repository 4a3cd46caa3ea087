/** Sends that were told to wait in this long, to this many chats, mean the bot as a whole and not one chat. */
const TOGETHER_MS = 1_500;
const CHATS_TOGETHER = 3;
/** Messages a second that go to many at once after Telegram has complained; Telegram names about thirty (core.telegram.org/bots/faq). */
const CAREFUL_A_SECOND = 25;
const SLOWEST_A_SECOND = 1;
/** So long without a complaint, the pace rises by a tenth; after this many rises it is free again. */
const EASED_AFTER_MS = 5_000;

/** How fast Telegram lets us: free until it says otherwise, then as it says. */
export interface Pace {
  /** When a message may go: now, or later, in whole ms. What answers someone never waits behind what goes to many. */
  mayGo(chat: string, interactive: boolean): number;
  /** Telegram asked to wait. */
  toldToWait(chat: string, seconds: number): void;
}

export function createPace(now: () => number): Pace {
  /** Until when a chat, or everything, has to wait. */
  const chats = new Map<string, number>();
  let everything = 0;
  let told: { chat: string; at: number }[] = [];
  /** For what goes to many; infinite until told. */
  let rate = Number.POSITIVE_INFINITY;
  let easedAt = 0;
  /** The next place in the row of what goes to many. */
  let next = 0;

  const ease = (at: number) => {
    while (Number.isFinite(rate) && at - easedAt >= EASED_AFTER_MS) {
      easedAt += EASED_AFTER_MS;
      rate *= 1.1;
      if (rate > CAREFUL_A_SECOND * 2) rate = Number.POSITIVE_INFINITY;
    }
  };

  return {
    mayGo(chat, interactive) {
      const at = now();
      const until = chats.get(chat);
      if (until !== undefined && until <= at) chats.delete(chat);
      const earliest = Math.max(at, until ?? 0, everything);
      if (interactive) return earliest;
      ease(at);
      if (!Number.isFinite(rate)) return earliest;
      const place = Math.max(next, earliest);
      if (place <= at) next = place + 1000 / rate;
      return Math.ceil(place);
    },
    toldToWait(chat, seconds) {
      const at = now();
      const until = at + seconds * 1000;
      chats.set(chat, Math.max(until, chats.get(chat) ?? 0));
      told = [...told.filter((one) => at - one.at < TOGETHER_MS && one.chat !== chat), { chat, at }];
      if (told.length < CHATS_TOGETHER) return;
      everything = Math.max(everything, until);
      rate = Math.max(SLOWEST_A_SECOND, Math.min(rate, CAREFUL_A_SECOND * 2) / 2);
      easedAt = until;
      next = Math.max(next, until);
      told = [];
    },
  };
}

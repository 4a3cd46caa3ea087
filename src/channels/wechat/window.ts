/** What a resident did, as far as it lets us write (developers.weixin.qq.com, 客服消息). */
export type Act = 'message' | 'click' | 'scan' | 'follow';

const HOUR_MS = 3_600_000;
/** After a message, and after whatever counts as a menu click: so many messages within so long. */
const ALLOWED: Readonly<Record<Act, { messages: number; forMs: number }>> = {
  message: { messages: 5, forMs: 48 * HOUR_MS },
  click: { messages: 3, forMs: 60_000 },
  scan: { messages: 3, forMs: 60_000 },
  follow: { messages: 3, forMs: 60_000 },
};
/** Residents remembered; of those who wrote longest ago WeChat itself is asked. */
const REMEMBERED = 50_000;

/** How much may still be said to each resident, as far as we saw them act since the start. */
export interface Windows {
  acted(openid: string, act: Act): void;
  take(openid: string): Taken;
}

/** One of what was left. `shut`: none was. `unknown`: WeChat will say. */
export interface Taken {
  is: 'open' | 'shut' | 'unknown';
  /** WeChat says that it is shut: so it was when this was taken, whatever its resident did since. */
  refused(): void;
}

interface Grant {
  left: number;
  until: number;
}

export function createWindows(now: () => number): Windows {
  /** What each act left is an object of its own: a refusal shuts what it was taken from and nothing newer. */
  const known = new Map<string, { grants: readonly Grant[] }>();

  return {
    acted(openid, act) {
      const { messages, forMs } = ALLOWED[act];
      const at = now();
      // A message renews all; a click adds its own minute beside what a message gave.
      const kept = act === 'message' ? [] : (known.get(openid)?.grants ?? []).filter(({ until, left }) => until > at && left > 0);
      known.delete(openid);
      known.set(openid, { grants: [...kept, { left: messages, until: at + forMs }] });
      for (const oldest of known.keys()) {
        if (known.size <= REMEMBERED) break;
        known.delete(oldest);
      }
    },
    take(openid) {
      const window = known.get(openid);
      if (!window) return { is: 'unknown', refused: () => undefined };
      const refused = () => {
        window.grants = [];
      };
      const at = now();
      const open = window.grants.filter(({ until, left }) => until > at && left > 0);
      const [soonest] = [...open].sort((one, other) => one.until - other.until);
      if (!soonest) return { is: 'shut', refused };
      window.grants = open.map((grant) => (grant === soonest ? { ...grant, left: grant.left - 1 } : grant));
      return { is: 'open', refused };
    },
  };
}

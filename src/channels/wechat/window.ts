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
  /** Takes one of what is left. `shut`: none. `unknown`: WeChat will say. */
  take(openid: string): 'open' | 'shut' | 'unknown';
  /** WeChat says that it is shut. */
  shut(openid: string): void;
}

interface Grant {
  left: number;
  until: number;
}

export function createWindows(now: () => number): Windows {
  const grants = new Map<string, readonly Grant[]>();

  return {
    acted(openid, act) {
      const { messages, forMs } = ALLOWED[act];
      const at = now();
      // A message renews all; a click adds its own minute beside what a message gave.
      const kept = act === 'message' ? [] : (grants.get(openid) ?? []).filter(({ until, left }) => until > at && left > 0);
      grants.delete(openid);
      grants.set(openid, [...kept, { left: messages, until: at + forMs }]);
      for (const oldest of grants.keys()) {
        if (grants.size <= REMEMBERED) break;
        grants.delete(oldest);
      }
    },
    take(openid) {
      const known = grants.get(openid);
      if (!known) return 'unknown';
      const at = now();
      const open = known.filter(({ until, left }) => until > at && left > 0);
      const [soonest] = [...open].sort((one, other) => one.until - other.until);
      if (!soonest) return 'shut';
      grants.set(
        openid,
        open.map((grant) => (grant === soonest ? { ...grant, left: grant.left - 1 } : grant)),
      );
      return 'open';
    },
    shut(openid) {
      if (grants.has(openid)) grants.set(openid, []);
    },
  };
}

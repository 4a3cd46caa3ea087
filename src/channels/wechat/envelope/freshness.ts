import { Forged } from './rejection.ts';

/** How far WeChat's clock and ours may be apart, in milliseconds, either way. */
const WINDOW_MS = 5 * 60_000;
/** WeChat waits 5 seconds for an answer and asks 3 times: the last try may come 10 seconds after the first, and a little. */
const RETRY_MS = 15_000;
/** At some 200 bytes each; more than a station's residents write in twice the window. */
const MOST = 50_000;

/** The signature that a request was let in by, and what it stood for: a digest of its body. `at` is WeChat's, in milliseconds. */
export interface Sight {
  signature: string;
  body: string;
  at: number;
}

/** Lets a request in, or throws `Forged` with `stale` or `replayed`. */
export interface Freshness {
  admit(sight: Sight, now: number): void;
}

/**
 * Refuses what is too old or too far ahead, and what was seen before.
 *
 * WeChat's own second and third try may repeat the address byte for byte (servers' logs show one message four times under
 * one timestamp, nonce and signature), and they must be answered like the first: the same signature over the same body is a
 * retry for 15 seconds after it was first seen. Later it is a replay. The same signature over *another* body is refused at
 * once: in plain mode WeChat signs no body, and whoever overheard one signature could put their own words under it.
 *
 * Signatures are remembered, not timestamps and nonces: the same characters cut elsewhere have the same signature. They are
 * kept for as long as the window could let them in again, 50,000 at most, the oldest forgotten first; a restart forgets them
 * all. What then slips through is a true message of WeChat's, which the desk knows by its MsgId and does not take twice.
 */
export function createFreshness({ windowMs = WINDOW_MS, retryMs = RETRY_MS, most = MOST } = {}): Freshness {
  const seen = new Map<string, { body: string; first: number }>();
  return {
    admit({ signature, body, at }, now) {
      if (Math.abs(now - at) > windowMs) throw new Forged('stale');
      for (const [old, { first }] of seen) {
        if (now - first <= 2 * windowMs) break;
        seen.delete(old);
      }
      const before = seen.get(signature);
      if (before) {
        if (before.body !== body || now - before.first > retryMs) throw new Forged('replayed');
        return;
      }
      const [oldest] = seen.keys();
      if (seen.size >= most && oldest !== undefined) seen.delete(oldest);
      seen.set(signature, { body, first: now });
    },
  };
}

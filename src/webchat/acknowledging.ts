import type { Line } from '../channels/web/contract.ts';
import { call } from './call.ts';
import type { Keep } from './keep.ts';

const TOGETHER_MS = 60;
const RETRY_MS = 5_000;
const AT_ONCE = 200;
/** A secret counts as seen once it stood on a page somebody looked at for so long, or the resident went on. */
const SEEN_AFTER_MS = 90_000;
const NAME = 'acknowledged';

/**
 * Tells the desk which lines this page has, so that an officer knows. A line with a secret is acknowledged only when
 * the resident has had time to write it down: after that the desk forgets it, and a reload can't show it again.
 */
export function createAcknowledging(keep: Keep, locale: () => string) {
  const done = new Set<string>();
  const waiting = new Map<string, number>();
  const secrets = new Map<string, number>();
  let upTo = Number(keep.get(NAME) ?? 0);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const later = (ms: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void tell(), ms);
  };

  const tell = async () => {
    const batch = [...waiting].slice(0, AT_ONCE);
    if (batch.length === 0) return;
    try {
      const after = Math.min(...batch.map(([, seq]) => seq)) - 1;
      // Goes its way also where the page closes over it.
      await call('POST', '/chat/received', locale(), { ids: batch.map(([id]) => id), after: Math.max(0, after) }, true);
      for (const [id, seq] of batch) {
        waiting.delete(id);
        done.add(id);
        upTo = Math.max(upTo, seq);
      }
      if (!stopped) keep.set(NAME, String(upTo));
      if (waiting.size > 0) later(0);
    } catch {
      later(RETRY_MS);
    }
  };

  const keepSecret = (id: string) => {
    const seq = secrets.get(id);
    if (seq === undefined) return;
    secrets.delete(id);
    waiting.set(id, seq);
    void tell();
  };

  window.addEventListener('pagehide', () => {
    if (!stopped) void tell();
  });

  return {
    take(lines: readonly Line[], how: 'pulled' | 'live') {
      for (const { id, seq, from, secret } of lines) {
        if (from === 'resident' || done.has(id)) continue;
        if (secret !== null) {
          if (secrets.has(id)) continue;
          secrets.set(id, seq);
          setTimeout(() => {
            if (document.visibilityState === 'visible') keepSecret(id);
          }, SEEN_AFTER_MS);
        } else if (how === 'live' || seq > upTo) waiting.set(id, seq);
      }
      if (waiting.size > 0) later(TOGETHER_MS);
    },
    keepSecret,
    /** The resident goes on with something else. */
    release() {
      for (const id of [...secrets.keys()]) keepSecret(id);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

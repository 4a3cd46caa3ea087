import type { Line, MessagesView } from '../channels/web/contract.ts';
import { call, NoSession } from './call.ts';

export type Link = 'opening' | 'live' | 'broken';

const FIRST_WAIT_MS = 800;
const LONGEST_WAIT_MS = 5_000;
/** The desk beats every 15 s: a line silent for longer is dead, whatever the browser says. */
const SILENCE_MS = 40_000;
/** While the stream is not open, for networks that let none through. */
const PULL_EVERY_MS = 5_000;

/**
 * Everything said after a place, as it is said: a stream where one can be had, pulls where not.
 * Begins with what was missed, so nothing falls between.
 */
export function createLive({
  locale,
  cursor,
  take,
  link,
  lost,
  left,
}: {
  locale: () => string;
  cursor: () => number;
  take: (lines: readonly Line[], how: 'pulled' | 'live') => void;
  link: (now: Link) => void;
  /** The desk knows no conversation of this browser. */
  lost: () => void;
  /** The resident left on another tab. */
  left: () => void;
}) {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let heardAt = 0;
  let misses = 0;
  let running = false;
  let pulling: Promise<void> | undefined;

  const pull = (): Promise<void> => {
    pulling ??= (async () => {
      for (;;) {
        const { items, more } = await call<MessagesView>('GET', `/chat/messages?after=${cursor()}&limit=200`, locale());
        take(items, 'pulled');
        if (!more || items.length === 0) return;
      }
    })().finally(() => {
      pulling = undefined;
    });
    return pulling;
  };

  const later = (ms: number, what: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(what, ms);
  };

  const open = () => {
    source?.close();
    if (typeof EventSource === 'undefined') return later(PULL_EVERY_MS, () => void begin());
    const opened = new EventSource(`/chat/stream?after=${cursor()}`);
    source = opened;
    const heard = () => {
      heardAt = Date.now();
      misses = 0;
      link('live');
      later(SILENCE_MS, () => broke());
    };
    opened.addEventListener('beat', heard);
    opened.addEventListener('line', (event) => {
      heard();
      take([JSON.parse(event.data) as Line], 'live');
    });
    opened.addEventListener('left', () => {
      stop();
      left();
    });
    opened.onerror = () => {
      if (source === opened) broke();
    };
    // Where a stream neither opens nor fails, what is said still comes.
    later(PULL_EVERY_MS, () => void begin(false));
  };

  const broke = () => {
    source?.close();
    source = undefined;
    if (!running) return;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** misses) * (0.75 + Math.random() / 2);
    misses += 1;
    // A server that is only starting anew is back before anybody needs to be told.
    if (misses > 2) link('broken');
    later(wait, () => void begin());
  };

  const begin = async (reopen = true): Promise<void> => {
    if (!running) return;
    try {
      await pull();
      if (!running) return;
      if (reopen) open();
      else {
        link('live');
        later(PULL_EVERY_MS, () => void begin(source === undefined));
      }
    } catch (cause) {
      if (cause instanceof NoSession) {
        stop();
        lost();
      } else {
        misses = Math.max(misses, 2);
        broke();
      }
    }
  };

  function stop() {
    running = false;
    clearTimeout(timer);
    source?.close();
    source = undefined;
  }

  return {
    start() {
      if (running) return;
      running = true;
      link('opening');
      void begin();
    },
    /** Looks at once: the network came back, or the page was looked at again. */
    now() {
      if (!running || (source !== undefined && Date.now() - heardAt < SILENCE_MS / 2)) return;
      misses = 0;
      source?.close();
      source = undefined;
      void begin();
    },
    stop,
  };
}

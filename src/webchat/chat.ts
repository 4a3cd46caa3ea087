import type { Line, LookupView, SessionView } from '../channels/web/contract.ts';
import { createAcknowledging } from './acknowledging.ts';
import { call, newId, Unreachable } from './call.ts';
import type { Keep } from './keep.ts';
import { createLive, type Link } from './live.ts';
import { createOutgoing, type Outgoing } from './outgoing.ts';
import type { Photo } from './photos/photo.ts';
import { isLocale, type Locale, localeOfBrowser } from './words.ts';

/** Everything the page shows. */
export interface State {
  locale: Locale;
  station: string;
  /** Whether this browser holds a conversation; undefined until the desk has said. */
  open: boolean | undefined;
  /** Whose phone; undefined until answered. */
  own: boolean | undefined;
  lines: readonly Line[];
  /** What was said before has come. */
  loaded: boolean;
  outgoing: readonly Outgoing[];
  trouble: 'none' | 'offline' | 'unreachable' | 'busy';
  /** The browser had a conversation that the desk no longer knew. */
  renewed: boolean;
  /** The resident left: nothing is shown any more. */
  gone: boolean;
}

const RETRY_MS = 3_000;

/** The page's end of the conversation: what was said, what is on its way, and whether the desk can be reached. */
export function createChat(keep: Keep, startPayload: string | undefined) {
  const kept = keep.get('locale');
  let state: State = {
    locale: isLocale(kept) ? kept : localeOfBrowser(navigator.languages),
    station: keep.get('station') ?? '',
    open: undefined,
    own: keep.own(),
    lines: [],
    loaded: false,
    outgoing: [],
    trouble: 'none',
    renewed: false,
    gone: false,
  };
  const listeners = new Set<() => void>();
  let cursor = 0;
  let link: Link = 'opening';
  let sending: 'reached' | 'unreachable' | 'busy' = 'reached';
  let payload = startPayload;
  let opening: Promise<void> | undefined;

  const change = (part: Partial<State>) => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };
  const locale = () => state.locale;

  const judge = () => {
    const unreachable = link === 'broken' || sending === 'unreachable';
    const trouble = !navigator.onLine ? 'offline' : unreachable ? 'unreachable' : sending === 'busy' ? 'busy' : 'none';
    if (trouble !== state.trouble) change({ trouble });
  };

  const acknowledging = createAcknowledging(keep, locale);

  const take = (came: readonly Line[], how: 'pulled' | 'live') => {
    if (state.gone) return;
    const known = new Map(state.lines.map((line) => [line.id, line]));
    for (const line of came) {
      // A secret shown once stays on the screen, also where the line comes again without it.
      const secret = line.secret ?? known.get(line.id)?.secret ?? null;
      known.set(line.id, { ...line, secret });
      cursor = Math.max(cursor, line.seq);
    }
    outgoing.settle(new Set(came.flatMap(({ clientId }) => clientId ?? [])));
    acknowledging.take(came, how);
    change({ lines: [...known.values()].sort((one, other) => one.seq - other.seq), outgoing: outgoing.list(), loaded: true });
  };

  const live = createLive({
    locale,
    cursor: () => cursor,
    take,
    link(now) {
      link = now;
      if (now === 'live') {
        sending = sending === 'busy' ? 'busy' : 'reached';
        if (!state.loaded) change({ loaded: true });
        outgoing.now();
      }
      judge();
    },
    lost() {
      renew();
    },
    left() {
      forget();
    },
  });

  /** The desk no longer knows this browser: what was said stays on the screen, and what comes next opens a new conversation. */
  const renew = () => {
    live.stop();
    change({ open: false, renewed: state.lines.length > 0, loaded: true });
  };

  const openSession = (): Promise<void> => {
    if (state.open === true) return Promise.resolve();
    opening ??= ask().finally(() => {
      opening = undefined;
    });
    return opening;
  };

  /** Opens the conversation, or tells an open one whose phone this is. */
  const ask = async () => {
    const asked = { ownPhone: keep.own() === true, locale: state.locale, ...(payload !== undefined && { start: payload }) };
    const { station } = await call<SessionView>('POST', '/chat/session', state.locale, asked);
    payload = undefined;
    keep.set('here', '1');
    change({ open: true, station });
    live.start();
  };

  const outgoing = createOutgoing({
    keep,
    locale,
    openSession,
    lost: renew,
    changed: () => change({ outgoing: outgoing.list() }),
    reached(how) {
      sending = how;
      judge();
      if (how === 'reached') live.now();
    },
  });

  function forget() {
    live.stop();
    outgoing.stop();
    acknowledging.stop();
    keep.clear();
    change({ gone: true, lines: [], outgoing: [], open: false });
  }

  /** Asks the desk until it answers: is there a conversation, and whose page is this. */
  const begin = async (): Promise<void> => {
    change({ outgoing: outgoing.list() });
    try {
      const { open, station } = await call<SessionView>('GET', '/chat/session', state.locale);
      keep.set('station', station);
      link = 'opening';
      sending = 'reached';
      change({ open, station });
      judge();
      if (open) live.start();
      else change({ loaded: true });
      if (payload !== undefined) await ask();
      outgoing.now();
    } catch (cause) {
      if (!(cause instanceof Unreachable)) return;
      link = 'broken';
      judge();
      setTimeout(() => void begin(), cause.busy ? Math.max(cause.retryAfterMs, RETRY_MS) : RETRY_MS);
    }
  };

  const wake = () => {
    judge();
    live.now();
    outgoing.now();
  };

  return {
    state: () => state,
    /** This device has been here before: what was said is on its way, and the first screen would only flash by. */
    wasHere: keep.get('here') !== undefined,
    draft: () => keep.get('draft') ?? '',
    setDraft(text: string) {
      if (text === '') keep.remove('draft');
      else keep.set('draft', text);
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start() {
      window.addEventListener('online', wake);
      window.addEventListener('offline', judge);
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') wake();
      });
      void begin();
    },
    sayText: (text: string) => {
      acknowledging.release();
      outgoing.say({ type: 'text', text }, text);
    },
    /** A button; the same one waits for its answer before it counts again. */
    tap(tap: string, label: string) {
      const pending = outgoing
        .list()
        .some(({ said, state: how }) => said.type === 'tap' && said.tap === tap && (how === 'waiting' || how === 'sending'));
      if (pending) return;
      acknowledging.release();
      outgoing.say({ type: 'tap', tap }, label);
    },
    place: (latitude: number, longitude: number, label: string) => outgoing.say({ type: 'place', latitude, longitude }, label),
    sendPhotos: (photos: readonly Photo[], caption: string) => outgoing.sendPhotos(photos, caption),
    again: (id: string) => outgoing.again(id),
    drop: (id: string) => outgoing.drop(id),
    /** The words of an upload whose photos are gone, as a message of their own. */
    sayInstead(id: string, text: string) {
      outgoing.drop(id);
      outgoing.say({ type: 'text', text }, text);
    },
    progressOf: (id: string) => outgoing.progressOf(id),
    photosOf: (id: string) => outgoing.photosOf(id),
    /** The resident has written the secret down. */
    hasSecret: (id: string) => acknowledging.keepSecret(id),
    setLocale(to: Locale, label: string) {
      keep.set('locale', to);
      change({ locale: to });
      if (state.open) outgoing.say({ type: 'tap', tap: `l:${to}` }, label);
    },
    /** Asks again whose phone this is. */
    askOwn: () => change({ own: undefined }),
    setOwn(own: boolean) {
      keep.setOwn(own);
      change({ own });
      if (state.open) void ask().catch(() => undefined);
    },
    async lookUp(reference: string, code: string): Promise<LookupView> {
      await openSession();
      const found = await call<LookupView>('POST', '/chat/lookup', state.locale, { id: newId(), reference, code });
      live.now();
      return found;
    },
    /** Leaves nothing here and tells the desk to forget this browser; waits for nothing. */
    leave() {
      forget();
      void call('DELETE', '/chat/session', state.locale, undefined, true).catch(() => undefined);
    },
  };
}
export type Chat = ReturnType<typeof createChat>;

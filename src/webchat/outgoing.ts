import type { MediaTaken, MessageAsked, Taken } from '../channels/web/contract.ts';
import { call, Declined, NoSession, newId, Unreachable, upload } from './call.ts';
import type { Keep } from './keep.ts';
import type { Photo } from './photos/photo.ts';

/** What the resident does, before it has an id. */
export type Said = MessageAsked extends infer One ? (One extends { id: string } ? Omit<One, 'id'> : never) : never;

/** One message on its way: it keeps its id until the desk has it, over reloads and lost networks. */
export interface Outgoing {
  id: string;
  /** Its place among those this device sends. */
  at: number;
  said: Said | { type: 'photos'; count: number; caption?: string };
  /** What the resident sees of it: a tap's label. */
  shown: string;
  state: 'waiting' | 'sending' | 'taken' | 'refused' | 'lost';
  /** Where the desk put it. */
  seq?: number;
  /** How often the desk stumbled over it. */
  stumbled?: number;
  /** Why it was refused, in the reader's language. */
  why?: string;
}

const NAME = 'out.';
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;
const STUMBLES = 4;

/** Sends in order, one at a time, the same id until the desk has it; what is unsent is kept on the device. */
export function createOutgoing({
  keep,
  locale,
  openSession,
  lost,
  changed,
  reached,
}: {
  keep: Keep;
  locale: () => string;
  /** Makes sure of a conversation; throws as `call` does. */
  openSession: () => Promise<void>;
  /** The desk knows no conversation of this browser. */
  lost: () => void;
  changed: () => void;
  /** Whether the desk was reached just now, and whether it was too busy. */
  reached: (how: 'reached' | 'unreachable' | 'busy') => void;
}) {
  const photos = new Map<string, readonly Photo[]>();
  const progress = new Map<string, number>();
  let list: Outgoing[] = read(keep);
  let running = false;
  let misses = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const set = (id: string, change: Partial<Outgoing>) => {
    list = list.map((one) => (one.id === id ? { ...one, ...change } : one));
    const now = list.find((one) => one.id === id);
    if (now) write(keep, now);
    changed();
  };

  const post = async (one: Outgoing): Promise<Taken> => {
    if (one.said.type !== 'photos') return call<Taken>('POST', '/chat/messages', locale(), { id: one.id, ...one.said });
    const form = new FormData();
    form.append('id', one.id);
    if (one.said.caption !== undefined) form.append('caption', one.said.caption);
    for (const { file, name } of photos.get(one.id) ?? []) form.append('files', file, name);
    return upload<MediaTaken>('/chat/media', locale(), form, (share) => {
      progress.set(one.id, share);
      changed();
    });
  };

  /** False where the rest must wait. */
  const sendOne = async (one: Outgoing): Promise<boolean> => {
    set(one.id, { state: 'sending' });
    try {
      await openSession();
      const { seq } = await post(one).catch(async (cause: unknown) => {
        if (!(cause instanceof NoSession)) throw cause;
        lost();
        await openSession();
        return post(one);
      });
      misses = 0;
      photos.delete(one.id);
      progress.delete(one.id);
      reached('reached');
      set(one.id, { state: 'taken', seq });
      return true;
    } catch (cause) {
      if (cause instanceof Declined) {
        set(one.id, { state: 'refused', why: cause.problem.detail ?? cause.problem.title });
        return true;
      }
      const stumbled = cause instanceof Unreachable && cause.stumbled ? (one.stumbled ?? 0) + 1 : (one.stumbled ?? 0);
      // One message the desk stumbles over must not hold up what comes after it: a call for help may be among that.
      if (stumbled >= STUMBLES) {
        set(one.id, { state: 'refused', stumbled: 0 });
        return true;
      }
      set(one.id, { state: 'waiting', stumbled });
      const busy = cause instanceof Unreachable && cause.busy;
      reached(busy ? 'busy' : 'unreachable');
      const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** misses) * (0.75 + Math.random() / 2);
      misses += 1;
      wait(Math.max(backoff, cause instanceof Unreachable ? Math.min(cause.retryAfterMs, LONGEST_WAIT_MS) : 0));
      return false;
    }
  };

  const flush = async (): Promise<void> => {
    if (running) return;
    running = true;
    clearTimeout(timer);
    try {
      for (let next = first(list); next; next = first(list)) if (!(await sendOne(next))) return;
    } finally {
      running = false;
    }
  };
  const wait = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  };

  const add = (said: Outgoing['said'], shown: string): string => {
    const one: Outgoing = { id: newId(), at: Date.now() + list.length / 1000, said, shown, state: 'waiting' };
    list = [...list, one];
    write(keep, one);
    changed();
    void flush();
    return one.id;
  };

  return {
    list: () => list,
    progressOf: (id: string) => progress.get(id),
    photosOf: (id: string) => photos.get(id) ?? [],
    say: (said: Said, shown: string) => add(said, shown),
    sendPhotos(chosen: readonly Photo[], caption: string) {
      const one: Outgoing = {
        id: newId(),
        at: Date.now() + list.length / 1000,
        said: { type: 'photos', count: chosen.length, ...(caption !== '' && { caption }) },
        shown: caption,
        state: 'waiting',
      };
      photos.set(one.id, chosen);
      list = [...list, one];
      write(keep, one);
      changed();
      void flush();
    },
    /** Tries at once: the network came back, the page was looked at again. */
    now() {
      misses = 0;
      void flush();
    },
    again(id: string) {
      set(id, { state: 'waiting', stumbled: 0 });
      void flush();
    },
    drop(id: string) {
      list = list.filter((one) => one.id !== id);
      keep.remove(NAME + id);
      photos.delete(id);
      changed();
    },
    /** Their lines have come: what the desk has shows itself. */
    settle(clientIds: ReadonlySet<string>) {
      const left = list.filter(({ id }) => !clientIds.has(id));
      if (left.length === list.length) return;
      for (const { id } of list) if (clientIds.has(id)) keep.remove(NAME + id);
      list = left;
    },
    stop() {
      clearTimeout(timer);
      running = true;
    },
  };
}

const first = (list: readonly Outgoing[]) => list.find(({ state }) => state === 'waiting');

/** On the device only until the desk has it. */
function write(keep: Keep, one: Outgoing): void {
  if (one.state === 'taken') keep.remove(NAME + one.id);
  else keep.set(NAME + one.id, JSON.stringify(one));
}

/** What an earlier page left unsent; photos can't be kept on the device, so the resident is asked for them again. */
function read(keep: Keep): Outgoing[] {
  return keep
    .names(NAME)
    .flatMap((name) => {
      try {
        const one = JSON.parse(keep.get(name) ?? '') as Outgoing;
        const state = one.state === 'refused' ? one.state : one.said.type === 'photos' ? 'lost' : 'waiting';
        return [{ ...one, state } as Outgoing];
      } catch {
        keep.remove(name);
        return [];
      }
    })
    .sort((one, other) => one.at - other.at);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, GrammyError, type RawApi } from 'grammy';
import type { Update } from 'grammy/types';
import type { Note } from '../channel.ts';
import { POLL_SECONDS } from './api.ts';
import { failureOf } from './outcome.ts';
import { ALLOWED_UPDATES } from './reading/reading.ts';
import type { Sending } from './sending.ts';
import type { Taking } from './taking.ts';

/** Updates fetched at once; Telegram gives at most a hundred. */
const AT_ONCE = 100;
const AGAIN_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Telegram counts updates in 32 bits; behind a larger number no update would ever come. */
const LARGEST_ID = 2 ** 31 - 1;

/** Fetches updates until told to stop. */
export interface Polling {
  /** No more is fetched; what was taken is confirmed, so that the next start is not given it again. */
  stop(): Promise<void>;
}

/**
 * Asks Telegram for updates, one long poll after another. A poll confirms what the one before it brought,
 * and so is made only once all of that is on disk.
 */
export function startPolling({ api, taking, sending, note }: { api: Api<RawApi>; taking: Taking; sending: Sending; note: Note }): Polling {
  const stopping = new AbortController();
  let offset = 0;

  /** Takes them all, chats side by side; answers where to go on: behind the last, or at the first that has to come again. */
  const takeAll = async (updates: readonly Update[]): Promise<{ next: number; again: boolean }> => {
    const failed: number[] = [];
    let again = false;
    await Promise.all(
      updates.map(async (update) => {
        try {
          const owed = await taking.take(update);
          if (owed) {
            const { method, ...payload } = owed;
            sending.beside(method, payload);
          }
        } catch {
          again = true;
          failed.push(...idOf(update));
        }
      }),
    );
    const first = Math.min(...failed);
    const last = Math.max(offset - 1, ...updates.flatMap(idOf));
    return { next: Math.min(first, last + 1), again };
  };

  const poll = async (): Promise<void> => {
    let misses = 0;
    while (!stopping.signal.aborted) {
      try {
        await sending.room();
        const asked = { offset, limit: AT_ONCE, timeout: POLL_SECONDS, allowed_updates: [...ALLOWED_UPDATES] };
        const updates = await api.raw.getUpdates(asked, stopping.signal as Parameters<typeof api.raw.getUpdates>[1]);
        const { next, again } = await takeAll(updates);
        // Nothing to go on by, or not yet: no loop without a breath.
        if (again || (updates.length > 0 && next === offset)) await pause(AGAIN_MS);
        offset = next;
        misses = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        misses += 1;
        await pause(await wait(error, misses));
      }
    }
  };

  const wait = async (error: unknown, misses: number): Promise<number> => {
    const failure = failureOf(error);
    const conflict = error instanceof GrammyError && error.error_code === 409;
    note(conflict ? 'telegram: someone else fetches this bot’s updates' : 'telegram: updates could not be fetched', {
      why: 'reason' in failure ? failure.reason : failure.is,
    });
    // A webhook that someone set: they never run together, and this desk was started without one.
    if (conflict && /webhook/i.test(error.description)) await api.raw.deleteWebhook({ drop_pending_updates: false }).catch(() => undefined);
    if (failure.is === 'told-to-wait') return failure.seconds * 1000;
    return Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(misses, 10));
  };

  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  const done = poll();

  return {
    async stop() {
      stopping.abort();
      await done;
      if (offset === 0) return;
      await api.raw.getUpdates({ offset, limit: 1, timeout: 0, allowed_updates: [...ALLOWED_UPDATES] }).catch(() => undefined);
    },
  };
}

/** The number to go on by; none of what is no update, or has none that could be. */
function idOf(update: unknown): number[] {
  const id = typeof update === 'object' && update !== null && 'update_id' in update ? update.update_id : undefined;
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 && id <= LARGEST_ID ? [id] : [];
}

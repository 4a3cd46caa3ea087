import type { Channel } from '../channels/channel.ts';
import type { Id, Instant } from '../domain/chance.ts';
import type { Media, Pulled } from '../domain/message.ts';
import type { Claimed } from '../store/store.ts';
import { backoffMs } from './backoff.ts';
import type { MediaStore } from './media.ts';
import type { Settling } from './settling.ts';

type ToPull = Claimed['toPull'][number];

/** Fetches files that their channel did not push, and keeps them under the names their messages know them by. */
export interface Pulling {
  /** Takes what was leased for this run; what is in hand already is put off, not fetched twice. */
  pull(files: Claimed['toPull']): void;
  /** Whether it would come to another file soon. */
  hasRoom(): boolean;
  /** Finishes the files in hand; those that wait are left to the next run. */
  stop(): Promise<void>;
}

const AT_ONCE = 4;
/** How many may wait for their turn before no more are asked for. */
const WAITING_AT_MOST = 64;
const PUT_OFF_MS = 15 * 60_000;
/** By the waits of the backoff, a day of trying. */
const TRIES = 105;
/** A file its channel says it can't give now is waited for so long: whoever sent it should hear of it while they remember. */
const UNAVAILABLE_FOR_MS = 10 * 60_000;
/** A channel that is not there may come back: to look for it is no try. */
const NO_CHANNEL_TRIES = 4;

export function createPulling({
  channels,
  media,
  settling,
  now,
  chance,
}: {
  channels: ReadonlyMap<string, Channel>;
  media: Pick<MediaStore, 'keep' | 'hasRoomFor'>;
  settling: Pick<Settling, 'pulled'>;
  now: () => number;
  chance: () => number;
}): Pulling {
  const waiting: ToPull[] = [];
  /** Until it is written what became of them: a file fetched twice would lie under a key that its row does not know. */
  const inHand = new Set<Id>();
  const fetching = new Set<Promise<void>>();
  /** Since when its channel has said so, without a word of anything else in between. */
  const unavailableSince = new Map<Id, Instant>();
  let stopped = false;

  const later = ({ media: { id }, pulls }: ToPull): Pulled => ({ media: { id }, later: now() + backoffMs(pulls, chance()) });

  const tried = async (file: ToPull): Promise<Pulled> => {
    const channel = channels.get(file.channel);
    if (!channel) return later({ ...file, pulls: file.pulls + NO_CHANNEL_TRIES });
    const outcome = await fetched(channel, file.media, media).catch(() => 'gone' as const);
    if (outcome === 'unavailable') return orUnavailable(file);
    unavailableSince.delete(file.media.id);
    return typeof outcome === 'string' ? orGivenUp(file, outcome) : outcome;
  };

  const orUnavailable = (file: ToPull): Pulled => {
    const { id } = file.media;
    const since = unavailableSince.get(id) ?? now();
    const until = since + UNAVAILABLE_FOR_MS;
    const again = now() < until ? orGivenUp(file, 'gone') : lost(file.media, 'gone');
    if ('later' in again) {
      unavailableSince.set(id, since);
      return { ...again, later: Math.min(again.later, until) };
    }
    unavailableSince.delete(id);
    return again;
  };

  const orGivenUp = (file: ToPull, why: MayPass): Pulled => (file.pulls < TRIES ? later(file) : lost(file.media, why));

  const next = (): void => {
    while (!stopped && fetching.size < AT_ONCE) {
      const file = waiting.shift();
      if (!file) return;
      const fetch = tried(file).then((pulled) => {
        settling.pulled(pulled, () => inHand.delete(file.media.id));
        fetching.delete(fetch);
        next();
      });
      fetching.add(fetch);
    }
  };

  return {
    pull(files) {
      if (stopped) return;
      for (const file of files) {
        const { id } = file.media;
        if (inHand.has(id)) settling.pulled({ media: { id }, later: now() + PUT_OFF_MS }, () => undefined);
        else {
          inHand.add(id);
          waiting.push(file);
        }
      }
      next();
    },
    hasRoom: () => waiting.length < WAITING_AT_MOST,
    async stop() {
      stopped = true;
      await Promise.all(fetching);
    },
  };
}

/** Why a file that can't be had now is lost, if that never passes. */
type MayPass = 'gone' | 'no-space';

/** What became of a file its channel was asked for, or why it is to be asked again. */
async function fetched(
  channel: Channel,
  file: Media,
  media: Pick<MediaStore, 'keep' | 'hasRoomFor'>,
): Promise<Pulled | 'unavailable' | 'no-space'> {
  // What can't be kept need not cross the wire every quarter of an hour.
  if (!(await media.hasRoomFor(file.bytes ?? 0))) return 'no-space';
  const bytes = await channel.fetch(file);
  if ('lost' in bytes) return bytes.lost === 'unavailable' ? 'unavailable' : lost(file, bytes.lost);
  const { id, kind, shownName } = file;
  const kept = await media.keep(bytes, { id, kind, ...(shownName !== undefined && { shownName }) });
  if (kept.state === 'stored') return { media: kept };
  if (kept.why === 'no-space') return 'no-space';
  return lost(file, kept.why === 'too-big' ? 'too-big' : 'unreadable');
}

/** A file that will not come, and the honest word for it. */
const lost = ({ id, kind, shownName }: Media, why: 'too-big' | 'unreadable' | 'no-space' | 'gone'): Pulled => ({
  media: { id, kind, state: 'stub', why, ...(shownName !== undefined && { shownName }) },
  say: { key: `flow:photo.notKept.${why}` },
});

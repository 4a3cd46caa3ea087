import type { Channel } from '../channels/channel.ts';
import type { Id } from '../domain/chance.ts';
import type { Outbound, SendOutcome, Settlement } from '../domain/message.ts';
import type { Render, Store } from '../store/store.ts';
import { backoffMs } from './backoff.ts';
import type { MediaStore } from './media.ts';
import { createPulling } from './pulling.ts';
import { createSettling } from './settling.ts';

/** Sends what was committed, pulls the files that were not pushed, and writes down what came of it. */
export interface Outbox {
  /** Sends at once what an act or the clock leased for this run. */
  send(outbound: readonly Outbound[]): void;
  /** Sends what a turn leased, unless its channel answers in the response to what it brought. */
  answer(outbound: readonly Outbound[]): void;
  /** Takes one settlement from outside: a page that acknowledges, a passive reply laid out. */
  settle(settlements: readonly Settlement[]): Promise<void>;
  /** Writes what came of what was sent with the next turn: else its answer would wait behind one that has long gone. */
  writeDown(): void;
  /** Looks for pending messages and files now: after a commit, after a wait, at start. */
  wake(): void;
  /** Finishes what is in hand: no new sends, every settlement written. */
  stop(): Promise<void>;
}

/** The store's `act`, with what it says sent at once: officers' acts go the way of residents' turns. */
export const actAndSend =
  (store: Store, outbox: Outbox): Store['act'] =>
  async (act, render) => {
    const acted = await store.act(act, render);
    if (acted.done && !acted.repeat) outbox.send(acted.outbound);
    return acted;
  };

/** In flight at once, and how long one send may take before its lease ends. */
const IN_FLIGHT = 64;
const LEASE_MS = 60_000;
/** How often to look although nothing woke us: what waits for its time. */
const LOOK_EVERY_MS = 1_000;

/** `complain` is told of a store that could not write a settlement: it is kept and written later. */
export function createOutbox({
  store,
  channels,
  media,
  render,
  now,
  chance,
  complain,
}: {
  store: Store;
  channels: ReadonlyMap<string, Channel>;
  media: Pick<MediaStore, 'keep' | 'hasRoomFor'>;
  render: Render;
  now: () => number;
  chance: () => number;
  complain: (what: string, cause: unknown) => void;
}): Outbox {
  const flying = new Map<string, Promise<void>>();
  const lastOf = new Map<Id, Promise<SendOutcome>>();
  // What waited behind a message goes once that is settled, not at the next look.
  const settling = createSettling({ store, render, settled: () => wake(), complain });
  const pulling = createPulling({ channels, media, settling, now, chance });
  let looked: Promise<void> = Promise.resolve();
  let isLooking = false;
  let lookAgain = false;
  let stopped = false;

  /** One after another within a conversation: what follows a message that must wait, waits with it. */
  const fly = (outbound: Outbound): void => {
    if (flying.has(outbound.id)) return;
    const before = lastOf.get(outbound.conversation) ?? GONE;
    const outcome = before.then((earlier) =>
      earlier.is === 'sent' || earlier.is === 'refused'
        ? outcomeOf(channels.get(outbound.channel), outbound, now, chance)
        : waitsBehind(earlier, now()),
    );
    lastOf.set(outbound.conversation, outcome);
    const flight = outcome.then((settled) => {
      settling.sent({ outbound: outbound.id, outcome: settled });
      flying.delete(outbound.id);
      if (lastOf.get(outbound.conversation) === outcome) lastOf.delete(outbound.conversation);
      if (lookAgain) wake();
    });
    flying.set(outbound.id, flight);
  };

  /** Whoever wakes us from the moment on that nothing more was found has us look again. */
  const look = async (): Promise<void> => {
    isLooking = true;
    try {
      while (!stopped) {
        lookAgain = false;
        const room = IN_FLIGHT - flying.size;
        if (room <= 0) {
          lookAgain = true;
          return;
        }
        const { outbound, toPull } = await store.claim(room, now() + LEASE_MS);
        for (const one of outbound) fly(one);
        pulling.pull(toPull);
        const more = outbound.length >= room || (toPull.length >= room && pulling.hasRoom());
        if (!more && !lookAgain) return;
      }
    } catch (cause) {
      complain('the outbox could not look', cause);
    } finally {
      isLooking = false;
    }
  };

  function wake(): void {
    if (stopped) return;
    lookAgain = true;
    if (!isLooking) looked = look();
  }

  const every = setInterval(wake, LOOK_EVERY_MS);
  every.unref();

  const send = (outbound: readonly Outbound[]): void => {
    if (stopped) return;
    for (const one of outbound) fly(one);
  };

  return {
    send,
    answer: (outbound) => send(outbound.filter(({ channel }) => !channels.get(channel)?.can.inlineReply)),
    async settle(settlements) {
      await store.settle(settlements);
      wake();
    },
    wake,
    writeDown: settling.write,
    async stop() {
      stopped = true;
      clearInterval(every);
      await looked;
      await Promise.all([...flying.values(), pulling.stop()]);
      await settling.finish();
    },
  };
}

const GONE: Promise<SendOutcome> = Promise.resolve({ is: 'sent', confirmed: false });

/** A refusal is that message's own; anything else holds up what comes after it. */
const waitsBehind = (earlier: SendOutcome, now: number): SendOutcome =>
  earlier.is === 'later' ? earlier : { is: 'later', at: now + 1_000, reason: 'behind-another' };

/** A channel that throws has not said whether the message went: that is *unknown*, and it waits before it is tried again. */
async function outcomeOf(channel: Channel | undefined, outbound: Outbound, now: () => number, chance: () => number): Promise<SendOutcome> {
  if (!channel) return { is: 'later', at: now() + backoffMs(outbound.attempts + 4, chance()), reason: 'no-channel' };
  try {
    const outcome = await channel.send(outbound);
    return outcome.is === 'later' ? { ...outcome, at: Math.max(Math.ceil(outcome.at), now() + 1) } : outcome;
  } catch {
    return { is: 'unknown', reason: 'threw' };
  }
}

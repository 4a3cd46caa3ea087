import { hkdfSync } from 'node:crypto';
import type { DeskForChannel, ThreadLine } from '../channels/channel.ts';
import type { DangerRules } from '../domain/danger.ts';
import type { DecideLowRatings, DecidePromise } from '../domain/decision.ts';
import type { Words } from '../i18n.ts';
import type { Render, Store, ThreadMessage } from '../store/store.ts';
import type { MediaStore } from './media.ts';
import type { Outbox } from './outbox.ts';
import { ALBUM_ANSWERED_AFTER_MS } from './talk/album.ts';
import { decideTurn } from './turn.ts';

/** Takes turns from every channel, and lets the clock do what is owed. */
export interface Desk {
  /** What a channel is handed at its start. */
  forChannel(channel: string, bot: string): DeskForChannel;
  /** Does what is due; returns how much. Called by the clock, and by tests that move it. */
  tick(): Promise<number>;
  /** No more from the clock; what is in hand is finished. */
  stop(): Promise<void>;
}

/** Promises done at one look, and how often the clock looks. */
const AT_ONCE = 100;
const LOOK_EVERY_MS = 5_000;
/** How often files that nothing holds are removed, and how old they must be. */
const SWEEP_EVERY_MS = 60 * 60_000;

export function createDesk({
  store,
  outbox,
  media,
  words,
  render,
  dangerRules,
  decidePromise,
  decideLowRatings,
  key,
  now,
  complain,
}: {
  store: Store;
  outbox: Outbox;
  media: MediaStore;
  words: Words;
  render: Render;
  dangerRules: readonly DangerRules[];
  decidePromise: DecidePromise;
  decideLowRatings: DecideLowRatings;
  key: Uint8Array;
  now: () => number;
  complain: (what: string, cause: unknown) => void;
}): Desk {
  let ticking: Promise<number> | undefined;
  const tick = (): Promise<number> => {
    ticking ??= dueNow().finally(() => {
      ticking = undefined;
    });
    return ticking;
  };
  const dueNow = async () => {
    let all = 0;
    for (;;) {
      const { done, outbound } = await store.tick(now(), AT_ONCE, decidePromise, render);
      outbox.send(outbound);
      all += done;
      if (done < AT_ONCE) break;
    }
    return all + (await store.lookIntoLowRatings(decideLowRatings));
  };
  const every = setInterval(() => void tick().catch((cause: unknown) => complain('the clock could not look', cause)), LOOK_EVERY_MS);
  every.unref();
  // A file's age is told by the machine's own clock.
  const sweep = () =>
    media
      .sweep((ids) => store.heldMedia(ids), Date.now() - SWEEP_EVERY_MS)
      .catch((cause: unknown) => complain('left files could not be swept', cause));
  let swept = sweep();
  const sweeping = setInterval(() => {
    swept = sweep();
  }, SWEEP_EVERY_MS);
  sweeping.unref();
  const stopListening = store.onCommit(({ outbox: something }) => {
    if (something) outbox.wake();
  });

  return {
    tick,
    forChannel: (channel, bot) => ({
      async receive(inbound) {
        outbox.writeDown();
        const taken = await store.takeTurn(inbound, decideTurn(inbound, { dangerRules, words }), render);
        if (!taken.repeat) outbox.answer(taken.outbound);
        const { input } = inbound;
        if (input.type === 'media' && input.group !== undefined) setTimeout(outbox.wake, ALBUM_ANSWERED_AFTER_MS).unref();
        return taken;
      },
      settle: (settlements) => outbox.settle(settlements),
      send: (outbound) => outbox.send(outbound),
      keep: (bytes, { kind, shownName }) => media.keep(bytes, { kind, ...(shownName !== undefined && { shownName }) }),
      async thread(address, after, limit) {
        return (await store.readThread(channel, bot, address, after, limit)).map(lineOf);
      },
      async openMedia(address, id) {
        const file = await store.readMedia({ channel, bot, address }, id);
        return file && media.open(file);
      },
      words: (wanted, locale, values) => words.t(wanted, locale, values),
      stationName: () => store.catalogue().settings.stationName,
      key: (purpose) => new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), `channel/${purpose}`, 32)),
      now,
    }),
    async stop() {
      clearInterval(every);
      clearInterval(sweeping);
      stopListening();
      await Promise.all([ticking, swept]);
    },
  };
}

const lineOf = ({ id, seq, at, body, updateId, secret }: ThreadMessage): ThreadLine => ({
  id,
  seq,
  at,
  from: body.by.kind,
  text: body.text,
  ...(body.by.kind === 'officer' && { signature: body.by.signature }),
  buttons: body.buttons ?? [],
  ...(body.expects && { expects: body.expects }),
  media: body.media ?? [],
  ...(updateId !== undefined && { clientId: updateId }),
  ...(secret !== undefined && { secret }),
});

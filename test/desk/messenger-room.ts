import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Channel, DeskForChannel, Lost } from '../../src/channels/channel.ts';
import { createCasework } from '../../src/desk/casework.ts';
import { lookIntoLowRatings } from '../../src/desk/clock/low-ratings.ts';
import { decidePromise } from '../../src/desk/clock.ts';
import { createDesk } from '../../src/desk/desk.ts';
import { createMediaStore } from '../../src/desk/media.ts';
import { actAndSend, createOutbox } from '../../src/desk/outbox.ts';
import { renderWith } from '../../src/desk/words.ts';
import type { Inbound, Input, Media, Outbound, SendOutcome } from '../../src/domain/message.ts';
import { loadWords } from '../../src/i18n.ts';
import type { Store } from '../../src/store/store.ts';
import { everything, officer, scopeFor } from '../contract/store-fixtures.ts';
import { sqliteAdapter } from '../store/adapter.ts';
import { MONDAY_MORNING } from './turn-room.ts';

const words = loadWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const render = renderWith(words);

/** A whole desk over a real store and a messenger that names its messages, gives files later and delivers what is sent. */
export async function messengerRoom(
  fetch: (media: Media) => Promise<Uint8Array | Lost> = async () => ({ lost: 'gone' }),
  {
    inlineReply = false,
    refuses = () => undefined,
  }: { inlineReply?: boolean; refuses?: (outbound: Outbound) => SendOutcome | undefined } = {},
) {
  const adapter = await sqliteAdapter();
  adapter.clock.now = MONDAY_MORNING;
  const store = await adapter.open();
  const inspector = await officer(store, 'inspector', 'inspection', { username: 'sun' });
  const li = await officer(store, 'officer', 'community', { username: 'li' });
  const dir = mkdtempSync(join(tmpdir(), 'messenger-'));
  const media = createMediaStore({ dir, maxBytes: 1_000_000, floor: 0 });
  const delivered: Outbound[] = [];
  const messenger: Channel = {
    name: 'messenger',
    bot: 'bot',
    can: { buttons: true, inlineReply, media: true },
    start: async () => undefined,
    async send(outbound) {
      const refused = refuses(outbound);
      if (refused) return refused;
      delivered.push(outbound);
      return { is: 'sent', knownAs: `bot-${delivered.length}`, confirmed: true };
    },
    fetch,
    stop: async () => undefined,
  };
  const troubles: unknown[] = [];
  const parts = { now: () => adapter.clock.now, complain: (_what: string, cause: unknown) => void troubles.push(cause) };
  const outbox = createOutbox({ store, channels: new Map([['messenger', messenger]]), media, render, chance: () => 0.5, ...parts });
  const desk = createDesk({
    store,
    outbox,
    media,
    words,
    render,
    dangerRules: [],
    decidePromise,
    decideLowRatings: lookIntoLowRatings(words),
    key: new Uint8Array(32),
    ...parts,
  });
  const here: DeskForChannel = desk.forChannel('messenger', 'bot');
  const casework = createCasework({ store: { ...store, act: actAndSend(store, outbox) } as Store, words, render });
  let updates = 0;

  return {
    store,
    outbox,
    casework,
    clock: adapter.clock,
    troubles,
    delivered,
    here,
    by: { officer: li, scope: scopeFor(store, li) },
    inspection: { officer: inspector, scope: scopeFor(store, inspector) },
    texts: () => delivered.map(({ body }) => body.text),
    async send(input: Input, more: Partial<Inbound> = {}) {
      updates += 1;
      const update = { channel: 'messenger', bot: 'bot', updateId: String(updates), address: 'resident', locale: 'zh-CN' };
      return here.receive({ ...update, input, knownAs: `own-${updates}`, ...more });
    },
    /** The case as an all-seeing reader finds it. */
    async shown(reference: string) {
      const view = await store.readCase(everything(store), inspector.id, reference);
      if (!view) throw new Error(`no case ${reference}`);
      return view;
    },
    async unread() {
      const { items } = await store.findCases(everything(store), inspector.id, { sort: 'opened', limit: 10 });
      return items.map((line) => line.unread);
    },
    async references() {
      const { items } = await store.findCases(everything(store), inspector.id, { sort: 'opened', limit: 10 });
      return items.map(({ file }) => file.reference);
    },
    async end() {
      await desk.stop();
      await outbox.stop();
      await adapter.dispose();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
export type MessengerRoom = Awaited<ReturnType<typeof messengerRoom>>;

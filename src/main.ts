import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Logger, pino } from 'pino';
import type { Channel, Note } from './channels/channel.ts';
import { telegramChannel } from './channels/telegram/telegram.ts';
import { webChannel } from './channels/web/web.ts';
import { weChatChannel } from './channels/wechat/wechat.ts';
import { giveFirstAdministrator } from './cli/first-administrator.ts';
import { startLines, whyNot } from './cli/start-words.ts';
import { type Config, configFromEnvironment, keyFrom } from './config.ts';
import { createCasework } from './desk/casework.ts';
import { lookIntoLowRatings } from './desk/clock/low-ratings.ts';
import { decidePromise } from './desk/clock.ts';
import { dangerRulesIn } from './desk/danger-rules.ts';
import { createDesk } from './desk/desk.ts';
import { createMediaStore, type MediaStore } from './desk/media.ts';
import { actAndSend, createOutbox } from './desk/outbox.ts';
import { renderWith } from './desk/words.ts';
import { createApp } from './http/app.ts';
import { loadWords } from './i18n.ts';
import { openSqliteStore } from './store/sqlite/open.ts';
import type { Store } from './store/store.ts';

const LOCALES = fileURLToPath(new URL('../locales', import.meta.url));
const DIST = fileURLToPath(new URL('../dist', import.meta.url));
/** Photos and files at most this big (a channel may set less), and the free space below which they are refused while words are not; bytes. */
const MEDIA_BYTES = 20 * 1024 * 1024;
const FREE_SPACE_FLOOR = 256 * 1024 * 1024;

/** What a test may put around a part, or in its place: a clock it moves, a store that dies at a named point. */
export interface Around {
  now?: () => number;
  log?: Logger;
  store?: (store: Store) => Store;
  media?: (media: MediaStore) => MediaStore;
  channel?: (channel: Channel) => Channel;
}

/** The whole desk, running: config → store → channels → http → outbox → clock. `stop` undoes it in reverse and finishes what is in hand. */
export async function serve(config: Config, around: Around = {}) {
  const same = <T>(part: T): T => part;
  const now = around.now ?? Date.now;
  const log = around.log ?? pino({ level: config.logLevel });
  const complain = (what: string, cause: unknown) => log.error({ err: cause }, what);
  const key = keyFrom(config);
  const words = loadWords(LOCALES);
  const render = renderWith(words);
  const open = { dataDir: config.dataDir, key, zone: config.zone, defaultStationName: config.stationName, now, serve: true };
  const store = (around.store ?? same)(await openSqliteStore(open));
  const media = (around.media ?? same)(
    createMediaStore({ dir: join(config.dataDir, 'media'), maxBytes: MEDIA_BYTES, floor: FREE_SPACE_FLOOR }),
  );
  const note: Note = (what, about = {}) => log.warn(about, what);
  const { publicUrl, defaultLocale, telegram, wechat } = config;
  const channels = [
    webChannel({ publicUrl, defaultLocale }),
    ...(telegram ? [telegramChannel({ ...telegram, defaultLocale }, note)] : []),
    ...(wechat ? [weChatChannel({ ...wechat, defaultLocale }, note)] : []),
  ].map(around.channel ?? same);

  const chance = () => randomInt(1_000_000) / 1_000_000;
  const named = new Map(channels.map((channel) => [channel.name, channel]));
  const outbox = createOutbox({ store, channels: named, media, render, now, chance, complain });
  const casework = createCasework({ store: { ...store, act: actAndSend(store, outbox) }, render, words });
  const desk = createDesk({
    store,
    outbox,
    media,
    words,
    render,
    dangerRules: dangerRulesIn(LOCALES),
    decidePromise,
    decideLowRatings: lookIntoLowRatings(words),
    key,
    now,
    complain,
  });
  for (const channel of channels) await channel.start(desk.forChannel(channel.name, channel.bot));

  const pages = { webchat: join(DIST, 'webchat'), console: join(DIST, 'console') };
  const app = await createApp({ store, casework, channels, words, media, config, log, now, pages });
  const listening = await app.listen({ port: config.port, host: config.host });
  outbox.wake();
  const oneTime = await giveFirstAdministrator({ store, dataDir: config.dataDir, now: now(), toTerminal: process.stdout.isTTY === true });

  return {
    url: config.publicUrl ?? listening,
    store,
    desk,
    casework,
    outbox,
    words,
    oneTime,
    async stop() {
      await app.close();
      await Promise.all(channels.map((channel) => channel.stop()));
      await desk.stop();
      await outbox.stop();
      await store.close();
    },
  };
}

/** What `npm start` runs: serves until told to stop; says in plain words why it can't. */
export async function main(): Promise<void> {
  const words = loadWords(LOCALES);
  try {
    const config = configFromEnvironment();
    const { url, oneTime, stop } = await serve(config);
    for (const line of startLines(words, config, url, oneTime)) console.log(line);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().finally(() => process.exit()));
  } catch (cause) {
    for (const line of whyNot(words, cause)) console.error(line);
    process.exitCode = 1;
  }
}

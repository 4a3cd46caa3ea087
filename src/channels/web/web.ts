import { Refused } from '../../domain/refusal.ts';
import type { Channel, DeskForChannel } from '../channel.ts';
import { createOpenings } from './peer.ts';
import { chatRoutes, type Started } from './routes.ts';
import { createSessions } from './session.ts';
import { createStreams } from './streams.ts';

/** New conversations that one household or network may open in ten minutes: many phones share an address. */
const OPENINGS = 300;
const OPENINGS_WINDOW_MS = 10 * 60 * 1000;

/**
 * The web page as a channel. A message counts as *sent* once the page acknowledges it, until then it waits:
 * the thread keeps it, a page that is open is shown it at once, any other reads it when it opens.
 */
export function webChannel({
  publicUrl,
  defaultLocale = 'zh-CN',
  bot = 'default',
  openings = OPENINGS,
}: {
  publicUrl?: string | undefined;
  defaultLocale?: string;
  bot?: string;
  openings?: number;
} = {}): Channel {
  const name = 'web';
  let parts: Started | undefined;
  const started = (): Started => {
    if (!parts) throw new Refused('unavailable');
    return parts;
  };

  return {
    name,
    bot,
    can: { buttons: true, inlineReply: false, media: true },
    async start(desk: DeskForChannel) {
      parts = {
        desk,
        sessions: createSessions(desk.key('web-session'), publicUrl?.startsWith('https:') ?? false),
        streams: createStreams(desk),
        openings: createOpenings(openings, OPENINGS_WINDOW_MS, () => desk.now()),
      };
    },
    async send(outbound) {
      await parts?.streams.show(outbound);
      return { is: 'sent', confirmed: false };
    },
    async fetch() {
      return { lost: 'gone' };
    },
    plugin: chatRoutes(name, bot, { publicUrl, defaultLocale, started }),
    async stop() {
      parts?.streams.endAll();
    },
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, DeskForChannel, Note } from '../channel.ts';
import { type Telegram, telegramAt } from './api.ts';
import { fetchFile } from './files.ts';
import { introduce } from './introducing.ts';
import { TEXT_LIMIT } from './layout.ts';
import { failureOf } from './outcome.ts';
import { createPace } from './pace.ts';
import { type Polling, startPolling } from './polling.ts';
import { ALLOWED_UPDATES } from './reading/reading.ts';
import { createSending, type Sending } from './sending.ts';
import { createTaking, type Taking } from './taking.ts';
import { WEBHOOK_PATH, webhookRoute } from './webhook.ts';

/** How the bot is reached, as the operator set it. */
export interface TelegramSettings {
  token: string;
  /** `https://api.telegram.org`, or a Bot API server of one's own. */
  apiRoot: string;
  /** Absent: updates are fetched by long polling. */
  webhook?: { url: string; secret: string } | undefined;
  defaultLocale: string;
}

const LONGEST_WAIT_MS = 60_000;

/** The bot's own id stands before the colon of its token. */
export const botOf = (token: string): string => token.split(':')[0] ?? '';

/**
 * Telegram as a channel: a bot that residents write to in private. It starts whether Telegram can be reached or not,
 * and goes on trying. `note` is told of what was of no use and of what failed, never of content.
 */
export function telegramChannel({ token, apiRoot, webhook, defaultLocale }: TelegramSettings, note: Note): Channel {
  const bot = botOf(token);
  const telegram = telegramAt(apiRoot, token);
  const stopping = new AbortController();
  let parts: { taking: Taking; sending: Sending } | undefined;
  let polling: Polling | undefined;

  /** Again and again until it is done, or the desk stops. */
  const insist = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    for (let misses = 0; !stopping.signal.aborted; misses += 1) {
      try {
        await work();
        return;
      } catch (error) {
        const failure = failureOf(error);
        note(`telegram: ${what} failed`, { why: 'reason' in failure ? failure.reason : failure.is });
        const wait = failure.is === 'told-to-wait' ? failure.seconds * 1000 : Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** Math.min(misses, 10));
        await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  };

  const connect = async (desk: DeskForChannel, { taking, sending }: NonNullable<typeof parts>): Promise<void> => {
    const { api } = telegram;
    if (webhook) await insist('setting the webhook', () => setWebhook(telegram, webhook));
    else {
      await insist('removing the webhook', () => api.raw.deleteWebhook({ drop_pending_updates: false }));
      if (!stopping.signal.aborted) polling = startPolling({ api, taking, sending, note });
    }
    await insist('introducing the bot', () => introduce(api, desk, defaultLocale));
  };

  return {
    name: 'telegram',
    bot,
    can: { buttons: true, inlineReply: false, media: true, textLimit: TEXT_LIMIT },
    async start(desk) {
      const sending = createSending({ desk, api: telegram.api, pace: createPace(() => desk.now()) });
      const taking = createTaking({ desk, sending, reader: { bot, defaultLocale }, note });
      parts = { taking, sending };
      void connect(desk, parts);
    },
    async send(outbound) {
      if (!parts) return { is: 'later', at: outbound.at + 1_000, reason: 'starting' };
      return parts.sending.send(outbound);
    },
    fetch: (media) => fetchFile(telegram, media),
    ...(webhook && { plugin: webhookRoute(webhook.secret, () => parts, note) }),
    async stop() {
      stopping.abort();
      await polling?.stop();
    },
  };
}

/** Sets the webhook and looks whether Telegram has it so. */
async function setWebhook({ api }: Telegram, { url, secret }: NonNullable<TelegramSettings['webhook']>): Promise<void> {
  const address = `${url}${WEBHOOK_PATH}`;
  await api.raw.setWebhook({ url: address, secret_token: secret, allowed_updates: [...ALLOWED_UPDATES], drop_pending_updates: false });
  const standing = await api.raw.getWebhookInfo();
  if (standing.url !== address) throw new Error('webhook-not-set');
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, Note } from '../channel.ts';
import { FILE_BYTES, type WeChatApi, WeChatError, weChatApi } from './api.ts';
import type { EnvelopeSettings } from './envelope/envelope.ts';
import { meaningOf } from './errcode.ts';
import { TEXT_LIMIT } from './layout.ts';
import { createMenu } from './menu.ts';
import { createNotices, type NoticeTemplate } from './notice.ts';
import { createSending, type Sending } from './sending.ts';
import { createTaking, type Taking } from './taking.ts';
import { webhookRoutes } from './webhook.ts';
import { createWindows } from './window.ts';

/** The account, as the operator set it. */
export interface WeChatSettings {
  appId: string;
  appSecret: string;
  /** `https://api.weixin.qq.com`. */
  apiRoot: string;
  token: string;
  /** Present: secure mode. While keys change, the one before is still accepted. */
  encodingAesKey?: string | undefined;
  previousEncodingAesKey?: string | undefined;
  /** Present: it tells residents outside the window that an answer waits. */
  notice?: NoticeTemplate | undefined;
  defaultLocale: string;
}

const LONGEST_WAIT_MS = 10 * 60_000;

/** A WeChat official account as a channel: residents write in words and numbers, answers ride in the response or come by customer-service messages. */
export function weChatChannel(settings: WeChatSettings, note: Note): Channel {
  const { appId, appSecret, apiRoot, token, encodingAesKey, previousEncodingAesKey, notice, defaultLocale } = settings;
  const envelope: EnvelopeSettings = {
    appId,
    token,
    ...(encodingAesKey !== undefined && { encodingAesKey }),
    ...(previousEncodingAesKey !== undefined && { previousEncodingAesKey }),
  };
  const stopping = new AbortController();
  let parts: { taking: Taking; sending: Sending; api: WeChatApi; now: () => number } | undefined;

  /** The menu is made again and again until it stands, or the account has no right to one. */
  const makeMenu = async (api: WeChatApi, words: Parameters<typeof createMenu>[1]): Promise<void> => {
    for (let misses = 0; !stopping.signal.aborted; misses += 1) {
      try {
        await createMenu(api, words, defaultLocale);
        return;
      } catch (error) {
        const errcode = error instanceof WeChatError ? error.errcode : undefined;
        note('wechat: the menu was not made', { why: errcode === undefined ? 'unreachable' : meaningOf(errcode).means });
        if (errcode !== undefined && ['off', 'refused'].includes(meaningOf(errcode).cure)) return;
        await sleep(Math.min(LONGEST_WAIT_MS, 5_000 * 2 ** Math.min(misses, 8)), undefined, { signal: stopping.signal }).catch(
          () => undefined,
        );
      }
    }
  };

  return {
    name: 'wechat',
    bot: appId,
    can: { buttons: false, inlineReply: true, media: true, textLimit: TEXT_LIMIT },
    async start(desk) {
      const now = () => desk.now();
      const api = weChatApi({ appId, secret: appSecret, root: apiRoot }, now);
      const windows = createWindows(now);
      const notices = createNotices({ words: desk.words, api, note, notice });
      const sending = createSending({ desk, api, windows, notices, note });
      const taking = createTaking({ desk, windows, sending, reader: { bot: appId, defaultLocale, words: desk.words }, note });
      parts = { taking, sending, api, now };
      void makeMenu(api, desk.words);
    },
    async send(outbound) {
      if (!parts) return { is: 'later', at: outbound.at + 1_000, reason: 'starting' };
      return parts.sending.send(outbound);
    },
    async fetch({ fetchRef }) {
      if (!parts || fetchRef === undefined) return { lost: 'gone' };
      try {
        const bytes = await parts.api.download(fetchRef);
        return bytes === 'too-big' || bytes.length > FILE_BYTES ? { lost: 'too-big' } : bytes;
      } catch (error) {
        // 40007: the three days are over, or it never was.
        if (error instanceof WeChatError && meaningOf(error.errcode).cure === 'refused') return { lost: 'gone' };
        throw error;
      }
    },
    plugin: webhookRoutes(envelope, () => parts, note),
    async stop() {
      stopping.abort();
    },
  };
}

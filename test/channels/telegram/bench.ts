import { telegramChannel } from '../../../src/channels/telegram/telegram.ts';
import type { Outbound } from '../../../src/domain/message.ts';
import { freePort } from '../../free-port.ts';
import { type BotApiOptions, startBotApi } from '../../telegram/bot-api.ts';
import { listen } from '../chat-client.ts';
import { fakeDesk } from '../fake-desk.ts';

export const SECRET = 'a-secret-of-the-webhook';

/** The Telegram channel alone, between a double of Telegram and a desk that keeps a desk's promises. */
export async function workbench({ webhook = false, ...options }: BotApiOptions & { webhook?: boolean } = {}) {
  const double = await startBotApi(options);
  const fake = fakeDesk();
  const notes: string[] = [];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const channel = telegramChannel(
    {
      token: double.token,
      apiRoot: double.url,
      webhook: webhook ? { url, secret: SECRET } : undefined,
      defaultLocale: 'zh-CN',
    },
    (what, about = {}) => notes.push([what, ...Object.values(about)].join(' ')),
  );
  const listening = webhook ? await listen(channel, { port }) : undefined;
  await channel.start(fake.desk);
  return {
    double,
    fake,
    channel,
    notes,
    url,
    /** Says something to somebody, as the outbox would. */
    tell(chat: number, body: Partial<Outbound['body']> & { text: string }, more: Partial<Outbound> = {}, secret?: string) {
      const outbound = fake.outbound(String(chat), 'telegram', { by: { kind: 'bot' }, ...body }, secret, more);
      return { outbound, sending: channel.send(outbound) };
    },
    /** Resolves once the bot has said who it is: all it does by itself at its start. */
    introduced: () => double.until(() => double.calls.some(({ method }) => method === 'setChatMenuButton')),
    async end() {
      await channel.stop();
      await listening?.close();
      await double.close();
    },
  };
}
export type Workbench = Awaited<ReturnType<typeof workbench>>;

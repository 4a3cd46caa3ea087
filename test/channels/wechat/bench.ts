import type { NoticeTemplate } from '../../../src/channels/wechat/notice.ts';
import { weChatChannel } from '../../../src/channels/wechat/wechat.ts';
import type { Outbound } from '../../../src/domain/message.ts';
import { freePort } from '../../free-port.ts';
import { type AccountOptions, startWechat } from '../../wechat/account.ts';
import { listen } from '../chat-client.ts';
import { fakeDesk } from '../fake-desk.ts';

/** The WeChat channel alone, between a double of WeChat and a desk that keeps a desk's promises. */
export async function workbench({ notice, ...options }: AccountOptions & { notice?: NoticeTemplate } = {}) {
  const fake = fakeDesk();
  const account = await startWechat({ clock: () => fake.desk.now(), ...options });
  const notes: string[] = [];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const channel = weChatChannel(
    {
      appId: account.appId,
      appSecret: account.appSecret,
      apiRoot: account.url,
      token: account.token,
      encodingAesKey: account.agreement.mode === 'plain' ? undefined : account.encodingAesKey,
      notice,
      defaultLocale: 'zh-CN',
    },
    (what, about = {}) => notes.push([what, ...Object.values(about)].join(' ')),
  );
  const listening = await listen(channel, { port });
  await channel.start(fake.desk);
  await account.configure(`${url}/wechat/webhook`);
  return {
    account,
    fake,
    channel,
    notes,
    url,
    /** Says something to somebody, as the outbox would. */
    tell(openid: string, body: Partial<Outbound['body']> & { text: string }, more: Partial<Outbound> = {}, secret?: string) {
      const outbound = fake.outbound(openid, 'wechat', { by: { kind: 'bot' }, ...body }, secret, more);
      return { outbound, sending: channel.send(outbound) };
    },
    /** What the desk says in answer to the next message, handed back to be laid into the response. */
    answerNext(...texts: readonly string[]) {
      const { receive } = fake.desk;
      fake.desk.receive = async (inbound) => {
        fake.desk.receive = receive;
        const received = await receive(inbound);
        const outbound = texts.map((text) => fake.outbound(inbound.address, 'wechat', { text, by: { kind: 'bot' } }));
        return { ...received, outbound };
      };
    },
    async end() {
      await channel.stop();
      await listening.close();
      await account.close();
    },
  };
}
export type Workbench = Awaited<ReturnType<typeof workbench>>;

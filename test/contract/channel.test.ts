import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { telegramChannel } from '../../src/channels/telegram/telegram.ts';
import { webChannel } from '../../src/channels/web/web.ts';
import { weChatChannel } from '../../src/channels/wechat/wechat.ts';
import type { Media } from '../../src/domain/message.ts';
import { tapToText } from '../../src/domain/tap.ts';
import { chatClient, listen } from '../channels/chat-client.ts';
import { type FakeDesk, fakeDesk } from '../channels/fake-desk.ts';
import { freePort } from '../free-port.ts';
import { startBotApi } from '../telegram/bot-api.ts';
import { startWechat } from '../wechat/account.ts';
import { pullOnlyChannel } from './pull-only-channel.ts';

/** A real picture of exactly so many bytes: what comes after its end is not looked at. */
const picture = (bytes: number) =>
  Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.alloc(bytes - 20)]);

/** The other side of a channel: one resident with what their messenger shows them. */
interface Resident {
  address(): string;
  /** False where the channel asks to be given the message again. */
  say(text: string, id?: string): Promise<boolean>;
  show(files: readonly Uint8Array[], caption: string): Promise<boolean>;
  choose(label: string): Promise<boolean>;
  /** Reads what has come since: each message as the parts it came in, with all that is shown of it. */
  read(): Promise<string[][]>;
}
interface Setting {
  channel: Channel;
  /** Whether its residents can be shown twice what was sent twice: nothing on the wire tells a repeat. */
  showsRepeats: boolean;
  newResident(): Promise<Resident>;
  end(): Promise<void>;
}

const settings: Record<string, (fake: FakeDesk) => Promise<Setting>> = {
  async web(fake) {
    const channel = webChannel();
    await channel.start(fake.desk);
    const { url, close } = await listen(channel);
    return {
      channel,
      showsRepeats: false,
      async newResident() {
        const client = chatClient(url);
        await client.open();
        let after = 1;
        return {
          address: () => client.address(),
          say: async (text, id = randomUUID()) => (await client.say(text, id)).status === 200,
          show: async (files, caption) =>
            (
              await client.upload(
                files.map((bytes) => ({ bytes })),
                { caption },
              )
            ).status === 200,
          async choose(label) {
            const button = (await client.lines()).flatMap(({ buttons }) => buttons.flat()).find((one) => one.label === label);
            return (await client.send({ id: randomUUID(), type: 'tap', tap: button?.tap ?? '' })).status === 200;
          },
          async read() {
            const lines = await client.lines(after);
            after = lines.at(-1)?.seq ?? after;
            const told = lines.filter(({ from }) => from !== 'resident');
            if (told.length > 0) await client.ask('POST', '/chat/received', { ids: told.map(({ id }) => id) });
            return told.map(({ text, secret, signature, buttons }) => [
              [text.replace('••••', secret ?? '••••'), signature ?? '', ...buttons.flat().map(({ label }) => label)].join('\n'),
            ]);
          },
        };
      },
      async end() {
        await close();
        await channel.stop();
      },
    };
  },
  async 'pull-only, no buttons, 600 bytes'(fake) {
    const { channel, deliver, pull } = pullOnlyChannel();
    await channel.start(fake.desk);
    return {
      channel,
      showsRepeats: false,
      async newResident() {
        const from = randomUUID();
        let shown: string[] = [];
        return {
          address: () => from,
          say: (text, id = randomUUID()) => deliver({ id, from, text }),
          show: (files, caption) => deliver({ id: randomUUID(), from, files, text: caption }),
          choose(label) {
            const number = shown.flatMap((text) => text.split('\n')).find((line) => line.endsWith(`. ${label}`));
            return deliver({ id: randomUUID(), from, text: number?.split('.')[0] ?? '' });
          },
          async read() {
            const told = await pull(from);
            shown = [...shown, ...told.flat()];
            return told;
          },
        };
      },
      end: () => channel.stop(),
    };
  },
  'telegram, long polling': (fake) => telegram(fake, false),
  'telegram, webhook': (fake) => telegram(fake, true),
  async wechat(fake) {
    const account = await startWechat({ clock: () => fake.desk.now(), deliver: { insist: true } });
    const { appId, appSecret, url: apiRoot, token, encodingAesKey } = account;
    const channel = weChatChannel({ appId, appSecret, apiRoot, token, encodingAesKey, defaultLocale: 'zh-CN' }, () => undefined);
    const port = await freePort();
    const listening = await listen(channel, { port });
    await channel.start(fake.desk);
    await account.configure(`http://127.0.0.1:${port}/wechat/webhook`);
    return {
      channel,
      showsRepeats: true,
      async newResident() {
        const phone = account.user();
        const said = new Map<string, ReturnType<typeof phone.say>>();
        let read = 0;
        const taken = () => {
          const turnedAway = account.until(() => fake.turnedAway() > 0).then(() => false);
          turnedAway.catch(() => undefined);
          return Promise.race([account.settled().then(() => true), turnedAway]);
        };
        // WeChat lets nobody be written to who has not written.
        phone.say('在吗');
        await account.settled();
        return {
          address: () => phone.openid,
          async say(text, id = randomUUID()) {
            const before = said.get(id);
            if (before && fake.turnedAway() === 0 && fake.inbounds.length > 0) phone.push(before);
            else if (!before) said.set(id, phone.say(text));
            return taken();
          },
          async show(files, caption) {
            for (const file of files) phone.image(file);
            phone.say(caption);
            return taken();
          },
          async choose(label) {
            const number = phone
              .texts()
              .flatMap((text) => text.split('\n'))
              .findLast((line) => line.endsWith(`. ${label}`));
            phone.say(number?.split('.')[0] ?? '');
            return taken();
          },
          async read() {
            await account.settled();
            const told = phone.messages().slice(read);
            read += told.length;
            return told.map(({ text }) => [text]);
          },
        };
      },
      async end() {
        await channel.stop();
        await listening.close();
        await account.close();
      },
    };
  },
};

async function telegram(fake: FakeDesk, webhook: boolean): Promise<Setting> {
  const double = await startBotApi();
  const { token, url: apiRoot } = double;
  const port = webhook ? await freePort() : 0;
  const hook = webhook ? { url: `http://127.0.0.1:${port}`, secret: 'a-secret-of-the-webhook' } : undefined;
  const channel = telegramChannel({ token, apiRoot, webhook: hook, defaultLocale: 'zh-CN' }, () => undefined);
  const listening = webhook ? await listen(channel, { port }) : undefined;
  await channel.start(fake.desk);
  return {
    channel,
    showsRepeats: true,
    async newResident() {
      const phone = double.user();
      const updates = new Map<string, Record<string, unknown>>();
      let read = 0;
      /** Gives Telegram time to try; true once it need not try again. */
      const taken = async () => {
        const tried = double.deliveries.length;
        await double.until(() => double.unacknowledged().length === 0 || fake.turnedAway() > 0);
        await double.until(() => double.deliveries.length > tried || double.unacknowledged().length === 0);
        if (double.unacknowledged().length > 0) return false;
        await double.settled();
        return true;
      };
      return {
        address: () => String(phone.id),
        async say(text, id = randomUUID()) {
          const before = updates.get(id);
          if (!before) updates.set(id, { ...phone.say(text) });
          // Fetched once and asked beyond, an update never comes again; the webhook's may.
          else if (webhook && double.unacknowledged().length === 0) double.push(before);
          return taken();
        },
        async show(files, caption) {
          phone.album(files, { caption });
          return taken();
        },
        async choose(label) {
          phone.tap(label);
          return taken();
        },
        async read() {
          await double.settled();
          const told = double.sent(phone.id).slice(read);
          read += told.length;
          return told.map(({ text, message }) => [
            [text, ...(message.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.text)].join('\n'),
          ]);
        },
      };
    },
    async end() {
      await channel.stop();
      await listening?.close();
      await double.close();
    },
  };
}

describe.each(Object.entries(settings))('a channel: %s', (_, open) => {
  let fake: FakeDesk;
  let setting: Setting;
  let resident: Resident;
  const bot = { kind: 'bot' } as const;
  const tell = async (address: string, text: string, more: Partial<Parameters<FakeDesk['outbound']>[2]> = {}, secret?: string) => {
    const outbound = fake.outbound(address, setting.channel.name, { text, by: bot, ...more }, secret);
    return { outbound, outcome: await setting.channel.send(outbound) };
  };

  beforeEach(async () => {
    fake = fakeDesk({ largest: 1000 });
    setting = await open(fake);
    resident = await setting.newResident();
    fake.inbounds.length = 0;
  });
  afterEach(() => setting.end());

  test('says what was said, by whom and over which channel', async () => {
    expect(await resident.say('河边护栏断了')).toBe(true);
    expect(fake.inbounds).toMatchObject([
      {
        channel: setting.channel.name,
        bot: setting.channel.bot,
        address: resident.address(),
        locale: 'zh-CN',
        input: { type: 'text', text: '河边护栏断了' },
      },
    ]);
  });

  test('delivers the same update under the same id, and two residents never under one', async () => {
    const other = await setting.newResident();
    fake.inbounds.length = 0;
    const id = randomUUID();
    await resident.say('一', id);
    await resident.say('一', id);
    await other.say('二', id);
    expect(fake.inbounds.map(({ address }) => address)).toEqual([resident.address(), other.address()]);
  });

  test('does not say that a message arrived while the desk cannot take it, and brings it again', async () => {
    const id = randomUUID();
    fake.setSick(true);
    expect(await resident.say('在吗', id)).toBe(false);
    expect(fake.inbounds).toEqual([]);
    fake.setSick(false);
    expect(await resident.say('在吗', id)).toBe(true);
    expect(fake.inbounds).toHaveLength(1);
  });

  test('brings answers in order, and says that the resident has them no sooner than it is so', async () => {
    const first = await tell(resident.address(), '收到了。');
    const second = await tell(resident.address(), '今晚八点去看。');
    const confirmed = [first, second].filter(({ outcome }) => outcome.is === 'sent' && outcome.confirmed);
    for (const { outcome } of [first, second]) expect(outcome).toMatchObject({ is: 'sent' });
    expect(fake.settlements).toEqual([]);
    const read = (await resident.read()).flat().map((text) => text.trim());
    expect(read).toEqual(['收到了。', '今晚八点去看。']);
    const told = [...confirmed.map(({ outbound }) => outbound.id), ...fake.settlements.map(({ outbound }) => outbound)];
    expect(told).toEqual([first.outbound.id, second.outbound.id]);
    for (const { outcome } of fake.settlements) expect(outcome).toEqual({ is: 'sent', confirmed: true });
  });

  test('shows once what was sent twice because nobody knew the first outcome, where its wire can tell', async () => {
    const { outbound } = await tell(resident.address(), '已答复');
    await setting.channel.send({ ...outbound, attempts: 1, possiblyRepeated: true });
    expect(await resident.read()).toHaveLength(setting.showsRepeats ? 2 : 1);
  });

  test('sends no part again that is known to be sent', async () => {
    const { count, unit } = setting.channel.can.textLimit ?? { count: 600, unit: 'characters' };
    const text = '居委会和派出所一起去看过了。'.repeat(Math.ceil((count * 1.5) / (unit === 'bytes' ? 42 : 14)));
    const outbound = fake.outbound(resident.address(), setting.channel.name, { text, by: bot }, undefined, { partsSent: [0] });
    expect(await setting.channel.send(outbound)).toMatchObject({ is: 'sent' });
    const parts = (await resident.read()).flat().join('').trim();
    if (setting.channel.can.textLimit) {
      expect(parts.length).toBeGreaterThan(0);
      expect(parts.length).toBeLessThan(text.length);
      expect(text.endsWith(parts)).toBe(true);
    } else expect(parts).toBe(text);
  });

  test('brings nobody what is for another', async () => {
    const other = await setting.newResident();
    await tell(other.address(), '不是给你的');
    expect(await resident.read()).toEqual([]);
    expect(await other.read()).toHaveLength(1);
  });

  test('brings a long text whole, within its limit, and cuts no character', async () => {
    const family = '👨‍👩‍👧‍👦';
    const text = `${'居委会和派出所一起去看过了，'.repeat(30)}\n${`${family}🇨🇳é`.repeat(40)}`;
    await tell(resident.address(), text);
    const parts = (await resident.read()).flat();
    expect(parts.join('').trim()).toBe(text);
    const { textLimit } = setting.channel.can;
    const size = (part: string) => (textLimit?.unit === 'bytes' ? Buffer.byteLength(part) : [...part].length);
    for (const part of parts) {
      if (textLimit) expect(size(part)).toBeLessThanOrEqual(textLimit.count);
      expect(part).not.toMatch(/^[\u200d\u0301\ufe0f]|\u200d$/u);
      expect(part).not.toMatch(/\p{Surrogate}/u);
    }
  });

  test('shows choices in its own way, and brings back which was taken', async () => {
    const tap = { on: 'step', intake: 'ABCD2345', step: 'topic', value: 'pets' } as const;
    const buttons = [
      [
        { label: '噪音', tap: tapToText({ ...tap, value: 'noise' }) },
        { label: '犬只', tap: tapToText(tap) },
      ],
    ];
    await tell(resident.address(), '是哪一类事？', { buttons });
    expect((await resident.read()).flat().join('\n')).toMatch(/噪音[\s\S]*犬只/);
    expect(await resident.choose('犬只')).toBe(true);
    expect(fake.inbounds.at(-1)?.input).toEqual(setting.channel.can.buttons ? { type: 'tap', tap } : { type: 'text', text: '2' });
  });

  test('shows an officer with their signature, and the secret part to the resident alone', async () => {
    await tell(resident.address(), '我明早来。', { by: { kind: 'officer', signature: '李警官 青柳派出所' } });
    await tell(resident.address(), '查询码 ••••', {}, 'K7QX-2M9P');
    const [answer = '', code = ''] = (await resident.read()).flat();
    expect(answer).toContain('李警官 青柳派出所');
    expect(code).toContain('查询码 K7QX-2M9P');
  });

  test('brings photos with their caption, also where one of them cannot be kept', async () => {
    expect(await resident.show([picture(50), picture(2000)], '西墙裂了')).toBe(true);
    const shown = fake.inbounds.flatMap(({ input }) => (input.type === 'media' ? [input] : []));
    const words = fake.inbounds.flatMap(({ input }) =>
      input.type === 'media' ? (input.caption ?? []) : 'text' in input ? input.text : [],
    );
    expect(words).toEqual(['西墙裂了']);
    expect(new Set(shown.map(({ group }) => group)).size).toBe(1);
    const files = await Promise.all(shown.flatMap(({ items }) => items).map((file) => kept(setting.channel, fake, file)));
    expect(files).toMatchObject([{ state: 'stored' }, { state: 'stub', why: 'too-big' }]);
  });

  test('gives no file that it was never given', async () => {
    expect(await setting.channel.fetch({ id: randomUUID(), kind: 'photo', state: 'stub', fetchRef: 'nobody-sent-this' })).toHaveProperty(
      'lost',
    );
  });
});

/** A file as it is once it was given: some channels push it, others are asked for it. */
async function kept(channel: Channel, { desk }: FakeDesk, file: Media): Promise<Media> {
  if (file.why !== 'not-fetched') return file;
  const given = await channel.fetch(file);
  return 'lost' in given ? { ...file, why: given.lost } : desk.keep(given, { kind: file.kind });
}

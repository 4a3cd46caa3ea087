import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { webChannel } from '../../src/channels/web/web.ts';
import { tapToText } from '../../src/domain/tap.ts';
import { chatClient, listen } from '../channels/chat-client.ts';
import { type FakeDesk, fakeDesk } from '../channels/fake-desk.ts';
import { pullOnlyChannel } from './pull-only-channel.ts';

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
};

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

  test('brings answers in order, counts them as waiting until the resident has them, and tells then', async () => {
    const first = await tell(resident.address(), '收到了。');
    const second = await tell(resident.address(), '今晚八点去看。');
    expect([first.outcome, second.outcome]).toEqual([
      { is: 'sent', confirmed: false },
      { is: 'sent', confirmed: false },
    ]);
    expect(fake.settlements).toEqual([]);
    const read = (await resident.read()).flat().map((text) => text.trim());
    expect(read).toEqual(['收到了。', '今晚八点去看。']);
    expect(fake.settlements).toEqual([
      { outbound: first.outbound.id, outcome: { is: 'sent', confirmed: true } },
      { outbound: second.outbound.id, outcome: { is: 'sent', confirmed: true } },
    ]);
  });

  test('shows once what was sent twice because nobody knew the first outcome', async () => {
    const { outbound } = await tell(resident.address(), '已答复');
    await setting.channel.send({ ...outbound, attempts: 1, possiblyRepeated: true });
    expect(await resident.read()).toHaveLength(1);
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
    expect(await resident.show([new Uint8Array(50), new Uint8Array(2000)], '西墙裂了')).toBe(true);
    expect(fake.inbounds).toMatchObject([
      { input: { type: 'media', caption: '西墙裂了', items: [{ state: 'stored' }, { state: 'stub', why: 'too-big' }] } },
    ]);
  });
});

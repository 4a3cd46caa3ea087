import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TEXT_LIMIT } from '../../../src/channels/telegram/layout.ts';
import { type Workbench, workbench } from './bench.ts';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const by = { kind: 'officer', signature: '李警官 青柳派出所' } as const;

let bench: Workbench;
beforeEach(async () => {
  bench = await workbench();
  await bench.introduced();
});
afterEach(() => bench.end());

test('words are plain words: no markup is read in them, and no link is looked up', async () => {
  const phone = bench.double.user();
  await bench.tell(phone.id, { text: '*你好* <b>_看_</b> https://example.cn' }).sending;
  expect(phone.texts()).toEqual(['*你好* <b>_看_</b> https://example.cn']);
  const [sent] = bench.double.sent(phone.id);
  expect(sent?.payload).not.toHaveProperty('parse_mode');
  expect(sent?.payload).toMatchObject({ link_preview_options: { is_disabled: true } });
});

test('a long answer is several messages, signed at its end, its buttons under the last; each part sent is told', async () => {
  const phone = bench.double.user();
  const text = '昨天晚上我们去现场看过了，店家答应十点以后不放音响。'.repeat(400);
  const { outbound, sending } = bench.tell(phone.id, { text, by, buttons: [[{ label: '解决了', tap: 'c:ABCD2345:solved' }]] });
  expect(await sending).toEqual({ is: 'sent', confirmed: true });
  const told = phone.texts();
  expect(told.length).toBe(Math.ceil(text.length / TEXT_LIMIT.count));
  expect(told.join('')).toContain('—— 李警官 青柳派出所');
  expect(phone.messages().map(({ keyboard }) => keyboard.length)).toEqual([...told.slice(1).map(() => 0), 1]);
  expect(bench.fake.settlements.map(({ outbound: of, part }) => [of, part])).toEqual(told.map((_, part) => [outbound.id, part]));
});

test('files go as what they are, after their words', async () => {
  const phone = bench.double.user();
  const kinds = ['photo', 'voice', 'audio', 'video', 'document'] as const;
  const media = [];
  for (const kind of kinds) media.push(await bench.fake.desk.keep(JPEG, { kind }));
  expect(await bench.tell(phone.id, { text: '请看', by, media }).sending).toMatchObject({ is: 'sent' });
  const methods = bench.double.sent(phone.id).map(({ method }) => method);
  expect(methods).toEqual(['sendMessage', 'sendPhoto', 'sendVoice', 'sendAudio', 'sendVideo', 'sendDocument']);
  expect(phone.actions()).toContain('upload_photo');
});

test('the code stands in its words, and nowhere in what the desk keeps', async () => {
  const phone = bench.double.user();
  await bench.tell(phone.id, { text: '查询码 ••••。' }, {}, 'K7QX-2M9P').sending;
  expect(phone.texts()).toEqual(['查询码 K7QX-2M9P。']);
});

describe('an answer in a sealed case that nobody asked for just now', () => {
  test('shows only that it is there; a tap shows the words in its place, and then it counts as read', async () => {
    const phone = bench.double.user();
    const { outbound, sending } = bench.tell(phone.id, { text: '督察已经约谈了那位民警。', by }, { veiled: true });
    expect(await sending).toEqual({ is: 'sent', confirmed: false, knownAs: `${phone.id}/1` });
    expect(phone.texts()).toEqual(['有一条给您的答复。']);
    expect(JSON.stringify(bench.double.calls)).not.toContain('督察');
    expect(JSON.stringify(phone.messages())).not.toContain(`"v:${outbound.seq}"`);
    phone.tap('现在看');
    await bench.double.settled();
    expect(phone.texts()).toEqual(['督察已经约谈了那位民警。\n—— 李警官 青柳派出所']);
    expect(phone.keyboard()).toEqual([['以后直接显示内容']]);
    expect(bench.fake.settlements).toEqual([{ outbound: outbound.id, outcome: { is: 'sent', confirmed: true, knownAs: `${phone.id}/1` } }]);
    expect(bench.double.callbackAnswers).toHaveLength(1);
  });

  test('whoever else has the button sees nothing by it', async () => {
    const phone = bench.double.user();
    await bench.tell(phone.id, { text: '督察的话', by }, { veiled: true }).sending;
    const button = phone.last()?.keyboard[0]?.[0];
    const other = bench.double.user();
    await bench.tell(other.id, { text: '别的' }).sending;
    if (button) other.tap(button);
    await bench.double.settled();
    expect(other.texts()).toEqual(['别的']);
    expect(bench.double.callbackAnswers).toMatchObject([{ chatId: other.id, text: expect.stringContaining('不用了') }]);
    expect(bench.fake.settlements).toEqual([]);
  });

  test('a notice that can’t be changed any more gets its words below it', async () => {
    const phone = bench.double.user();
    await bench.tell(phone.id, { text: '督察的话', by }, { veiled: true }).sending;
    bench.double.faults = ({ method }) =>
      method === 'editMessageText' ? { is: '400', description: "Bad Request: message can't be edited" } : undefined;
    phone.tap('现在看');
    await bench.double.until(() => phone.texts().length === 2);
    expect(phone.texts()[1]).toContain('督察的话');
  });

  test('words that could not be shown for want of Telegram are still waiting to be tapped for', async () => {
    const phone = bench.double.user();
    await bench.tell(phone.id, { text: '督察的话', by }, { veiled: true }).sending;
    bench.double.faults = ({ method }) => (method === 'editMessageText' ? { is: '500' } : undefined);
    phone.tap('现在看');
    await bench.double.settled();
    expect(bench.fake.settlements).toEqual([]);
    bench.double.faults = undefined;
    phone.tap('现在看');
    await bench.double.settled();
    expect(phone.texts()[0]).toContain('督察的话');
    expect(bench.fake.settlements).toHaveLength(1);
  });
});

describe('what goes wrong on the way out', () => {
  const faulty = async (fault: NonNullable<ReturnType<NonNullable<Workbench['double']['faults']>>>) => {
    const phone = bench.double.user();
    bench.double.faults = ({ method, nth }) => (method === 'sendMessage' && nth === 1 ? fault : undefined);
    const first = await bench.tell(phone.id, { text: '一' }).sending;
    return { phone, first };
  };

  test('429: later, when Telegram says; that chat waits until then and others don’t', async () => {
    const { phone, first } = await faulty({ is: '429', retryAfter: 7 });
    expect(first).toEqual({ is: 'later', at: bench.fake.desk.now() + 7_000, reason: 'told-to-wait' });
    expect(await bench.tell(phone.id, { text: '二' }, { interactive: true }).sending).toEqual(first);
    expect(await bench.tell(bench.double.user().id, { text: '三' }).sending).toMatchObject({ is: 'sent' });
    bench.fake.pass(7_000);
    expect(await bench.tell(phone.id, { text: '二' }).sending).toMatchObject({ is: 'sent' });
  });

  test('500: it did not go, and goes later', async () => {
    expect((await faulty({ is: '500' })).first).toMatchObject({ is: 'later', reason: '500' });
  });

  test.each([{ is: 'reset', accepted: false }, { is: 'reset', accepted: true }, { is: '502' }, { is: 'garbage', accepted: true }] as const)(
    '$is, accepted $accepted: nobody knows',
    async (fault) => {
      expect((await faulty(fault)).first).toMatchObject({ is: 'unknown' });
    },
  );

  test('blocked, deactivated, or a chat that is gone: not reachable, with the reason', async () => {
    const [blocked, gone, deleted] = [bench.double.user(), bench.double.user(), bench.double.user()];
    blocked.block();
    gone.deactivate();
    deleted.deleteChat();
    expect(await bench.tell(blocked.id, { text: '?' }).sending).toEqual({ is: 'blocked', reason: 'blocked' });
    expect(await bench.tell(gone.id, { text: '?' }).sending).toEqual({ is: 'blocked', reason: 'deactivated' });
    expect(await bench.tell(deleted.id, { text: '?' }).sending).toEqual({ is: 'blocked', reason: 'chat-not-found' });
  });

  test('a part that failed is tried again alone', async () => {
    const phone = bench.double.user();
    const text = '字'.repeat(TEXT_LIMIT.count + 10);
    bench.double.faults = ({ method, nth }) => (method === 'sendMessage' && nth === 2 ? { is: '500' } : undefined);
    const { outbound, sending } = bench.tell(phone.id, { text });
    expect(await sending).toMatchObject({ is: 'later' });
    bench.double.faults = undefined;
    expect(await bench.channel.send({ ...outbound, partsSent: [0] })).toMatchObject({ is: 'sent' });
    expect(phone.texts().map((one) => one.length)).toEqual([TEXT_LIMIT.count, 10]);
  });
});

describe('files to be fetched', () => {
  const fileOf = async (send: (phone: ReturnType<Workbench['double']['user']>) => unknown) => {
    send(bench.double.user());
    await bench.double.settled();
    const input = bench.fake.inbounds.at(-1)?.input;
    if (input?.type !== 'media' || !input.items[0]) throw new Error('no file came');
    return input.items[0];
  };

  test('come as they were sent', async () => {
    const bytes = JPEG;
    const file = await fileOf((phone) => phone.photo(bytes));
    expect(Buffer.from((await bench.channel.fetch(file)) as Uint8Array)).toEqual(bytes);
  });

  test('that are too big are known by their size, or by what Telegram says', async () => {
    const big = await fileOf((phone) => phone.video({ size: 21 * 1024 * 1024 }));
    expect(big).toMatchObject({ state: 'stub', why: 'too-big' });
    const file = await fileOf((phone) => phone.photo());
    bench.double.faults = ({ method }) => (method === 'getFile' ? { is: '400', description: 'Bad Request: file is too big' } : undefined);
    expect(await bench.channel.fetch(file)).toEqual({ lost: 'too-big' });
  });

  test('that Telegram does not find may yet come; where Telegram is not there, it is asked again', async () => {
    const file = await fileOf((phone) => phone.photo());
    expect(await bench.channel.fetch({ ...file, fetchRef: 'nobody-knows-this' })).toEqual({ lost: 'unavailable' });
    bench.double.faults = ({ method }) => (method === 'getFile' ? { is: 'reset', accepted: false } : undefined);
    await expect(bench.channel.fetch(file)).rejects.toThrow();
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tapToText } from '../../../src/domain/tap.ts';
import { contentOf } from '../../telegram/bot-api.ts';
import { SECRET, type Workbench, workbench } from './bench.ts';

const tap = (value: string) => tapToText({ on: 'step', intake: 'ABCD2345', step: 'topic', value });
const buttons = [[{ label: '噪音', tap: tap('noise') }], [{ label: '犬只', tap: tap('pets') }]];

let bench: Workbench;
afterEach(() => bench.end());

describe.each([true, false])('taking updates, by webhook: %s', (webhook) => {
  beforeEach(async () => {
    bench = await workbench({ webhook });
  });

  test('a tap is taken, answered, and leaves its button alone and marked', async () => {
    const phone = bench.double.user();
    await bench.tell(phone.id, { text: '是哪一类事？', buttons }).sending;
    phone.tap('犬只');
    await bench.double.settled();
    expect(bench.fake.inbounds.at(-1)?.input).toMatchObject({ type: 'tap', tap: { value: 'pets' } });
    expect(bench.double.callbackAnswers).toMatchObject([{ chatId: phone.id }]);
    expect(phone.keyboard()).toEqual([['✓ 犬只']]);
    phone.tap('✓ 犬只');
    await bench.double.settled();
    expect(bench.fake.inbounds.at(-1)?.input).toMatchObject({ type: 'tap', tap: { value: 'pets' } });
    expect(phone.keyboard()).toEqual([['✓ 犬只']]);
    expect(bench.double.callbackAnswers).toHaveLength(2);
  });

  test('a button that means nothing any more is answered kindly and reaches no desk', async () => {
    const phone = bench.double.user({ languageCode: 'en' });
    await bench.tell(phone.id, { text: '?', buttons: [[{ label: 'old', tap: 'z:gone' }]] }).sending;
    phone.tap('old');
    await bench.double.settled();
    expect(bench.double.callbackAnswers).toMatchObject([{ text: expect.stringContaining('not in use any more') }]);
    expect(bench.fake.inbounds).toEqual([]);
  });

  test('a tap that comes too late to be answered does no harm', async () => {
    const phone = bench.double.user();
    bench.double.callbackLifetimeMs = 0;
    await bench.tell(phone.id, { text: '？', buttons }).sending;
    phone.tap('噪音');
    await bench.double.settled();
    expect(bench.fake.inbounds).toHaveLength(1);
    expect(bench.double.unacknowledged()).toEqual([]);
  });

  test('asked for a place, the phone’s own button is one tap away and goes once used', async () => {
    const phone = bench.double.user();
    await bench.tell(phone.id, { text: '在哪里？', expects: 'place', buttons }).sending;
    expect(phone.keyboard()).toEqual([['📍 发我现在的位置'], ['噪音'], ['犬只']]);
    phone.tap('📍 发我现在的位置');
    await bench.double.settled();
    expect(phone.replyKeyboard()).toEqual([['📍 发位置']]);
    phone.pressKeyboard('📍 发位置');
    await bench.double.settled();
    expect(bench.fake.inbounds.map(({ input }) => input)).toMatchObject([{ type: 'place', latitude: 30.5728, datum: 'wgs84' }]);
    expect(phone.replyKeyboard()).toEqual([]);
  });

  test('asked for a number, the phone sends its own', async () => {
    const phone = bench.double.user({ firstName: '王芳' });
    await bench.tell(phone.id, { text: '电话多少？', expects: 'phone' }).sending;
    phone.tap('📱 发我的手机号');
    await bench.double.settled();
    phone.pressKeyboard('📱 发手机号');
    await bench.double.settled();
    expect(bench.fake.inbounds.map(({ input }) => input)).toEqual([{ type: 'text', text: '王芳 8613800138000' }]);
  });

  test('an album comes part by part under one name, and the bot shows that it is looking', async () => {
    const phone = bench.double.user();
    phone.album([{}, {}, {}], { caption: '西墙' });
    await bench.double.settled();
    const parts = bench.fake.inbounds.map(({ input }) => (input.type === 'media' ? input : undefined));
    expect(parts.map((part) => part?.caption)).toEqual(['西墙', undefined, undefined]);
    expect(new Set(parts.map((part) => part?.group)).size).toBe(1);
    expect(phone.actions()).toContain('typing');
  });

  test('an edit and a quote name the message they mean', async () => {
    const phone = bench.double.user();
    const { outbound, sending } = bench.tell(phone.id, { text: '现在还吵吗？' });
    const outcome = await sending;
    const first = contentOf(phone.say('楼下吵'));
    phone.edit(first.message_id, '楼上吵');
    phone.say('吵', { quote: phone.last()?.id ?? 0 });
    await bench.double.settled();
    const [said, edited, quoting] = bench.fake.inbounds;
    expect(edited?.input).toEqual({ type: 'edited', text: '楼上吵', messageId: said?.knownAs });
    expect(outcome).toMatchObject({ is: 'sent', knownAs: quoting?.quotes });
    expect(outbound.body.text).toBe('现在还吵吗？');
  });

  test('blocking and coming back are told', async () => {
    const phone = bench.double.user();
    phone.block();
    phone.unblock();
    await bench.double.settled();
    expect(bench.fake.inbounds.map(({ input }) => input)).toEqual([
      { type: 'reachability', to: 'blocked' },
      { type: 'reachability', to: 'back' },
    ]);
  });

  test('in a group it says once that it listens in private, and leaves', async () => {
    const group = bench.double.group();
    group.addBot(bench.double.user());
    await bench.double.until(() => group.left);
    await bench.double.settled();
    expect(group.texts()).toHaveLength(1);
    expect(group.texts()[0]).toContain('单独');
    expect(bench.fake.inbounds).toEqual([]);
  });

  test('what the desk cannot take now is brought again until it can, each chat in its order', async () => {
    const phones = [bench.double.user(), bench.double.user()];
    bench.fake.setSick(true);
    for (const phone of phones) for (const text of ['一', '二', '三']) phone.say(text);
    await bench.double.until(() => bench.fake.turnedAway() > 1);
    expect(bench.fake.inbounds).toEqual([]);
    bench.fake.setSick(false);
    await bench.double.settled({ timeoutMs: 20_000 });
    for (const phone of phones) {
      const own = bench.fake.inbounds.filter(({ address }) => address === String(phone.id));
      expect(own.map(({ input }) => 'text' in input && input.text)).toEqual(['一', '二', '三']);
    }
  });

  test('what no desk could ever take is kept whole as unknown, and the next one is taken', async () => {
    const phone = bench.double.user();
    const { receive } = bench.fake.desk;
    bench.fake.desk.receive = async (inbound) => {
      if (inbound.input.type === 'text' && inbound.input.text === '毒') throw new RangeError('never');
      return receive(inbound);
    };
    phone.say('毒');
    phone.say('好');
    await bench.double.settled();
    const [poison, good] = bench.fake.inbounds;
    expect(poison?.input).toEqual({ type: 'unknown', what: 'failed' });
    expect(JSON.parse(poison?.raw ?? '')).toMatchObject({ message: { text: '毒' } });
    expect(good?.input).toEqual({ type: 'text', text: '好' });
    expect(bench.notes.join()).not.toContain('毒');
  });
});

describe('the webhook', () => {
  beforeEach(async () => {
    bench = await workbench({ webhook: true });
    await bench.introduced();
  });
  const post = (body: string, headers: Record<string, string> = { 'x-telegram-bot-api-secret-token': SECRET }) =>
    fetch(`${bench.url}/telegram/webhook`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const update = (id: number) =>
    JSON.stringify({ update_id: id, message: { message_id: 1, chat: { id: 5, type: 'private' }, text: '在吗' } });

  test('is set with its secret, for the updates we read, and nothing that waited is dropped', async () => {
    const set = bench.double.calls.find(({ method }) => method === 'setWebhook');
    expect(set?.payload).toMatchObject({
      url: `${bench.url}/telegram/webhook`,
      secret_token: SECRET,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    });
    expect(bench.double.calls.some(({ method }) => method === 'getUpdates')).toBe(false);
  });

  test('without the secret, or with a wrong one, nothing is read', async () => {
    expect((await post(update(1), {})).status).toBe(401);
    expect((await post(update(2), { 'x-telegram-bot-api-secret-token': `${SECRET}x` })).status).toBe(401);
    expect((await post('{broken', { 'x-telegram-bot-api-secret-token': '' })).status).toBe(401);
    expect(bench.fake.inbounds).toEqual([]);
  });

  test('acknowledges what can never be an update, and asks for no more of it', async () => {
    for (const body of [
      '',
      '{broken',
      'null',
      '[]',
      '"x"',
      '{}',
      '{"update_id":"9"}',
      '\u0000',
      `{"update_id":3,"x":"${'x'.repeat(5_000_000)}"}`,
    ])
      expect((await post(body)).status, body.slice(0, 20)).toBe(200);
    expect(bench.fake.inbounds).toEqual([]);
  });

  test('answers 503 while the desk cannot take it, 200 once it has it, and the tap’s answer rides in the 200', async () => {
    bench.fake.setSick(true);
    expect((await post(update(4))).status).toBe(503);
    bench.fake.setSick(false);
    expect((await post(update(4))).status).toBe(200);
    const tapped = { update_id: 6, callback_query: { id: 'q1', from: { id: 5 }, data: 'h:report' } };
    expect(await (await post(JSON.stringify(tapped))).json()).toEqual({ method: 'answerCallbackQuery', callback_query_id: 'q1' });
  });
});

describe('at its start', () => {
  test('it shows its menu and what it is, in both languages', async () => {
    bench = await workbench();
    await bench.introduced();
    const { profile } = bench.double;
    expect(bench.double.calls.filter(({ method, answered }) => method.startsWith('set') && answered !== 200)).toEqual([]);
    const commands = bench.double.calls.filter(({ method }) => method === 'setMyCommands');
    expect(commands.map(({ payload }) => payload.language_code)).toEqual(['zh', 'en', undefined]);
    expect(profile).toBeDefined();
  });

  test('a webhook that someone had set is taken away before the first poll', async () => {
    bench = await workbench();
    await bench.introduced();
    const methods = bench.double.calls.map(({ method }) => method);
    expect(methods.indexOf('deleteWebhook')).toBeLessThan(methods.indexOf('getUpdates'));
    await fetch(`${bench.double.url}/bot${bench.double.token}/setWebhook?url=http://127.0.0.1:9/elsewhere`);
    const phone = bench.double.user();
    phone.say('还在吗');
    await bench.double.until(() => bench.fake.inbounds.length === 1, 15_000);
    expect(bench.notes.some((note) => note.includes('someone else'))).toBe(true);
  });

  test('it starts without Telegram, and goes on once Telegram is there', async () => {
    bench = await workbench();
    bench.double.faults = () => ({ is: 'reset', accepted: false });
    const phone = bench.double.user();
    phone.say('在吗');
    await bench.double.until(() => bench.notes.length > 0);
    expect(await bench.tell(phone.id, { text: '在' }).sending).toMatchObject({ is: 'unknown' });
    bench.double.faults = undefined;
    await bench.double.until(() => bench.fake.inbounds.length === 1, 20_000);
  });

  test('stopped, it has told Telegram what it took: the next start is given nothing twice', async () => {
    bench = await workbench();
    bench.double.user().say('一');
    await bench.double.until(() => bench.fake.inbounds.length === 1);
    await bench.channel.stop();
    expect(bench.double.unacknowledged()).toEqual([]);
  });
});

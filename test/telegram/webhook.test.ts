import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BotApi, contentOf, type Resident, startBotApi } from './bot-api.ts';
import { type Answering, callerOf, webhookFor } from './plain-bot.ts';

let bot: BotApi;
let api: ReturnType<typeof callerOf>;
let resident: Resident;
const opened: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  bot = await startBotApi({ firstUpdateId: 100, deliver: { retryMs: { first: 5, longest: 20 } } });
  api = callerOf(bot);
  resident = bot.user();
});
afterEach(async () => {
  await bot.close();
  for (const webhook of opened.splice(0)) await webhook.close();
});

async function open(answer?: Answering, settings: object = {}, answerUnreadable?: () => { status: number }) {
  const webhook = await webhookFor(answer, 0, answerUnreadable);
  opened.push(webhook);
  expect(await api.outcome('setWebhook', { url: webhook.url, ...settings })).toBe('taken');
  return webhook;
}

describe('a webhook', () => {
  test('gets what waited and what comes, with its secret, and nothing twice', async () => {
    const first = resident.say('a');
    const webhook = await open(undefined, { secret_token: 'a_Secret-1' });
    const second = resident.say('b');
    await bot.settled({ quietMs: 0 });
    expect(webhook.got).toEqual([first, second]);
    expect(webhook.headers[0]).toMatchObject({ 'x-telegram-bot-api-secret-token': 'a_Secret-1', 'content-type': 'application/json' });
    expect(bot.unacknowledged()).toEqual([]);
    expect(bot.deliveries).toMatchObject([
      { updateId: 100, status: 200, tried: 0 },
      { updateId: 101, status: 200, tried: 0 },
    ]);
  });

  test('gets one chat in order, chats side by side, over no more connections than allowed', async () => {
    const webhook = await open(() => ({ waitMs: 5 }), { max_connections: 3 });
    const residents = Array.from({ length: 8 }, () => bot.user());
    for (let nth = 0; nth < 5; nth++) for (const one of residents) one.say(String(nth));
    await bot.settled({ quietMs: 0 });
    expect(webhook.mostInside()).toBe(3);
    for (const one of residents) {
      const texts = webhook.got.filter(({ message }) => message?.chat.id === one.id).map(({ message }) => message?.text);
      expect(texts).toEqual(['0', '1', '2', '3', '4']);
    }
  });

  test('that fails, resets or does not answer gets the update again before any later one of the chat', async () => {
    bot.deliver.timeoutMs = 300;
    const failures = [{ status: 500 }, 'reset', { status: 302 }, { waitMs: 1000 }] as const;
    let nth = 0;
    const webhook = await open(() => failures[nth++]);
    resident.say('a');
    resident.say('b');
    await bot.settled({ quietMs: 0 });
    expect(webhook.texts()).toEqual(['a', 'a', 'a', 'a', 'a', 'b']);
    expect(bot.deliveries.map(({ updateId, status, error, tried }) => [updateId, status, error, tried])).toEqual([
      [100, 500, 'Wrong response from the webhook: 500', 0],
      [100, undefined, 'Connection reset by peer', 1],
      [100, 302, 'Wrong response from the webhook: 302', 2],
      [100, undefined, 'Read timeout expired', 3],
      [100, 200, undefined, 4],
      [101, 200, undefined, 0],
    ]);
    expect((await api.call('getWebhookInfo')).body.result).toMatchObject({
      url: webhook.url,
      pending_update_count: 0,
      max_connections: 40,
      last_error_message: 'Read timeout expired',
      last_error_date: expect.any(Number),
    });
  });

  test('that is dead gets everything once it lives again', async () => {
    const dead = await webhookFor();
    await dead.close();
    await api.call('setWebhook', { url: dead.url });
    resident.say('a');
    resident.say('b');
    await bot.until(() => bot.deliveries.length >= 3);
    expect(bot.deliveries[0]).toMatchObject({ error: 'Connection refused' });
    expect((await api.call('getWebhookInfo')).body.result).toMatchObject({
      pending_update_count: 2,
      last_error_message: 'Connection refused',
    });
    const alive = await webhookFor(undefined, dead.port);
    opened.push(alive);
    await bot.settled({ quietMs: 0 });
    expect(alive.texts()).toEqual(['a', 'b']);
  });

  test.each([
    ['http where only https is taken', { url: 'http://127.0.0.1:8443/x' }, 'bad webhook: An HTTPS URL must be provided for webhook'],
    [
      'a port that is not taken',
      { url: 'https://example.org:8080/x' },
      'bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443',
    ],
    ['no address', { url: 'nowhere' }, 'invalid webhook URL specified'],
    ['a secret with a blank', { url: 'https://example.org', secret_token: 'a b' }, 'secret token contains unallowed characters'],
    ['a secret too long', { url: 'https://example.org', secret_token: 'x'.repeat(257) }, 'secret token is too long'],
  ])('is not set with %s', async (_, settings, description) => {
    const strict = await startBotApi({ allowHttp: false });
    expect(await callerOf(strict).outcome('setWebhook', settings)).toBe(`400 Bad Request: ${description}`);
    await strict.close();
  });

  test('is dropped with what waits, if so asked', async () => {
    bot.deliver.on = false;
    const webhook = await open();
    resident.say('old');
    expect(await api.outcome('deleteWebhook', { drop_pending_updates: true })).toBe('taken');
    expect(bot.unacknowledged()).toEqual([]);
    await api.call('setWebhook', { url: webhook.url });
    resident.say('older');
    await api.call('setWebhook', { url: webhook.url, drop_pending_updates: true });
    resident.say('new');
    bot.deliver.on = true;
    await bot.settled({ quietMs: 0 });
    expect(webhook.texts()).toEqual(['new']);
  });
});

describe('an answer of the webhook', () => {
  test('that is a call is done, and logged as ridden in it', async () => {
    await open(({ message }) => ({
      body: JSON.stringify({ method: 'sendmessage', chat_id: message?.chat.id, text: `re ${message?.text}` }),
    }));
    const { update_id } = resident.say('a');
    await bot.settled({ quietMs: 0 });
    expect(resident.texts()).toEqual(['re a']);
    expect(bot.calls.at(-1)).toMatchObject({ method: 'sendMessage', via: 'webhook-reply', ridOn: update_id, tookEffect: true });
  });

  test('that is no call, or one that Telegram does not take so, does nothing', async () => {
    const bodies = ['ok', '{"ok":true}', '[1]', '{"method":"deleteWebhook"}', '{"method":"getMe"}', '{"method":5}'];
    await open(() => ({ body: bodies.shift() ?? '' }));
    for (const _ of [...bodies]) resident.say('a');
    await bot.settled({ quietMs: 0 });
    expect(bot.calls.map(({ method }) => method)).toEqual(['setWebhook']);
    expect((await api.call('getWebhookInfo')).body.result.url).not.toBe('');
  });
});

describe('on a bad line', () => {
  test('updates repeat at once and late, all is delivered, and the log tells which was a repeat', async () => {
    const webhook = await open();
    bot.deliver.repeat = 0.5;
    bot.deliver.lateMs = 30;
    for (let nth = 0; nth < 100; nth++) resident.say(String(nth));
    await bot.settled({ quietMs: 0 });
    const repeats = bot.deliveries.filter(({ repeat }) => repeat);
    expect(repeats.length).toBeGreaterThan(30);
    expect(webhook.got).toHaveLength(100 + repeats.length);
    expect(bot.deliveries.filter(({ repeat }) => !repeat)).toHaveLength(100);
    const first = [...new Set(webhook.texts())];
    expect(first).toEqual(Array.from({ length: 100 }, (_, nth) => String(nth)));
    expect(webhook.texts()).not.toEqual(webhook.texts().toSorted((a, b) => Number(a) - Number(b)));
  });

  test('requests are cut in the middle and answers dropped, and all arrives all the same', async () => {
    const webhook = await open();
    bot.deliver.cutRequest = 0.2;
    bot.deliver.dropResponse = 0.2;
    for (let nth = 0; nth < 60; nth++) resident.say(String(nth));
    await bot.settled({ quietMs: 0 });
    const because = (reason: string) => bot.deliveries.filter(({ error }) => error === reason).length;
    expect(because('Request cut off')).toBeGreaterThan(3);
    expect(because('Answer dropped')).toBeGreaterThan(3);
    expect(webhook.got).toHaveLength(60 + because('Answer dropped'));
    expect(new Set(webhook.texts()).size).toBe(60);
  });

  test('raw bytes are delivered as they are, again until they are taken, and hold up nobody', async () => {
    let nth = 0;
    const webhook = await open(undefined, {}, () => ({ status: nth++ < 2 ? 400 : 200 }));
    bot.pushRaw('{"update_id": 1, "message": ');
    resident.say('a');
    await bot.settled({ quietMs: 0 });
    expect(webhook.unreadable).toEqual(Array.from({ length: 3 }, () => '{"update_id": 1, "message": '));
    expect(webhook.texts()).toEqual(['a']);
    expect(bot.deliveries.filter(({ updateId }) => updateId === undefined).map(({ status }) => status)).toEqual([400, 400, 200]);
  });
});

test('taps may wait beside the messages of their chat, as Telegram lets them', async () => {
  bot.deliver.tapsApart = true;
  const webhook = await open(({ message }) => (message ? { waitMs: 100 } : undefined));
  await api.call('sendMessage', {
    chat_id: resident.id,
    text: 'x',
    reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] },
  });
  resident.say('slow');
  const tapped = resident.tap('A');
  await bot.until(() => bot.unacknowledged().length === 1);
  expect(bot.unacknowledged()).not.toContain(tapped.update_id);
  await bot.settled({ quietMs: 0 });
  expect(webhook.got.map((update) => contentOf(update).message_id)).toHaveLength(2);
});

test('ten thousand updates of five hundred chats are brought to a quick bot within seconds', async () => {
  await open(({ message }) => ({ body: JSON.stringify({ method: 'sendMessage', chat_id: message?.chat.id, text: message?.text }) }));
  const residents = Array.from({ length: 500 }, () => bot.user());
  for (let nth = 0; nth < 10_000; nth++) residents[nth % 500]?.say(String(nth));
  await bot.settled({ quietMs: 0 });
  expect(bot.sent()).toHaveLength(10_000);
  expect(residents[7]?.texts()).toEqual(Array.from({ length: 20 }, (_, nth) => String(nth * 500 + 7)));
});

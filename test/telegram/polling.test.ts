import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BotApi, type Resident, startBotApi } from './bot-api.ts';
import { callerOf, webhookFor } from './plain-bot.ts';

let bot: BotApi;
let api: ReturnType<typeof callerOf>;
let resident: Resident;
beforeEach(async () => {
  bot = await startBotApi({ firstUpdateId: 100 });
  api = callerOf(bot);
  resident = bot.user();
});
afterEach(() => bot.close());

const ids = async (payload: object = {}) =>
  (await api.call('getUpdates', payload)).body.result.map((update: { update_id: number }) => update.update_id);
const sayAll = (...texts: string[]) => texts.map((text) => resident.say(text).update_id);

test('what is not confirmed comes again, and an offset confirms what lies before it', async () => {
  expect(sayAll('a', 'b', 'c')).toEqual([100, 101, 102]);
  expect(await ids()).toEqual([100, 101, 102]);
  expect(await ids()).toEqual([100, 101, 102]);
  expect(await ids({ limit: 2 })).toEqual([100, 101]);
  expect(bot.unacknowledged()).toEqual([100, 101, 102]);
  expect(await ids({ offset: 102 })).toEqual([102]);
  expect(bot.unacknowledged()).toEqual([102]);
  expect(await ids({ offset: 100 })).toEqual([102]);
  expect(await ids({ offset: 103 })).toEqual([]);
  expect(bot.deliveries.filter(({ updateId }) => updateId === 102).map(({ tried }) => tried)).toEqual([0, 1, 2, 3]);
});

test('a negative offset takes the last ones and forgets all before', async () => {
  sayAll('a', 'b', 'c', 'd');
  expect(await ids({ offset: -2 })).toEqual([102, 103]);
  expect(await ids({ offset: 0 })).toEqual([102, 103]);
  expect(await ids({ offset: -9 })).toEqual([102, 103]);
});

test('a call with a timeout waits for what comes, and ends empty if nothing does', async () => {
  const waiting = ids({ timeout: 20 });
  await bot.until(() => bot.calls.length === 1);
  sayAll('a', 'b');
  expect(await waiting).toEqual([100, 101]);
  expect(await ids({ offset: 102, timeout: 1 })).toEqual([]);
});

test('a second caller ends the first', async () => {
  const first = api.call('getUpdates', { timeout: 20 });
  await bot.until(() => bot.calls.length === 1);
  const second = ids({ timeout: 20 });
  expect(await first).toEqual({
    status: 409,
    body: {
      ok: false,
      error_code: 409,
      description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    },
  });
  sayAll('a');
  expect(await second).toEqual([100]);
});

test('a webhook ends the poll that waits and forbids the next, until it is deleted', async () => {
  const webhook = await webhookFor();
  const waiting = api.call('getUpdates', { timeout: 20 });
  await bot.until(() => bot.calls.length === 1);
  expect(await api.outcome('setWebhook', { url: webhook.url })).toBe('taken');
  expect(await waiting).toMatchObject({ status: 409, body: { description: 'Conflict: terminated by setWebhook request' } });
  expect(await api.outcome('getUpdates')).toBe(
    "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  );
  expect(await api.outcome('deleteWebhook')).toBe('taken');
  sayAll('a');
  expect(await ids()).toEqual([100]);
  await webhook.close();
});

test('what is held back comes to the caller that waits, as soon as it is let go', async () => {
  bot.deliver.on = false;
  sayAll('a');
  expect(await ids()).toEqual([]);
  const waiting = ids({ timeout: 20 });
  await bot.until(() => bot.calls.length === 2);
  bot.deliver.on = true;
  expect(await waiting).toEqual([100]);
});

test('only what is allowed is kept, until something else is allowed', async () => {
  expect(await ids({ allowed_updates: ['callback_query', 'MESSAGE'] })).toEqual([]);
  const [a] = sayAll('a');
  resident.block();
  expect(await ids()).toEqual([a]);
  expect((await api.call('getWebhookInfo')).body.result).toMatchObject({ url: '', allowed_updates: ['callback_query', 'message'] });
  resident.unblock();
  await ids({ allowed_updates: [] });
  const blocked = resident.block().update_id;
  expect(await ids()).toEqual([a, blocked]);
});

test('a caller that hung up has confirmed and received nothing', async () => {
  const hangUp = new AbortController();
  const gone = api.call('getUpdates', { timeout: 20 }, hangUp.signal);
  await bot.until(() => bot.calls.length === 1);
  hangUp.abort();
  await expect(gone).rejects.toThrow();
  await bot.until(() => bot.calls[0]?.answered !== undefined);
  sayAll('a');
  expect(bot.deliveries).toEqual([]);
  expect(await ids({ timeout: 20 })).toEqual([100]);
});

test('an answer that is dropped was no delivery, and confirmed ones come again if the test wants repeats', async () => {
  bot.deliver.dropResponse = 1;
  sayAll('a');
  await expect(ids()).rejects.toThrow();
  expect(bot.deliveries).toEqual([]);
  bot.deliver.dropResponse = 0;
  bot.deliver.repeat = 1;
  expect(await ids()).toEqual([100]);
  expect(await ids({ offset: 101 })).toEqual([100]);
  bot.deliver.repeat = 0;
  expect(await ids({ offset: 101 })).toEqual([]);
  expect(bot.deliveries.map(({ repeat }) => repeat)).toEqual([false, true]);
  await bot.settled({ quietMs: 0 });
});

test('pushed updates come as they are, with an id only where they had none', async () => {
  resident.say('a');
  bot.push({ message: { text: 'no id', constructor: 'x' } });
  bot.push({ update_id: 500, unknown_kind: { deep: [null] } });
  bot.push({ update_id: 'abc', message: { text: 'a\ud800\u0000' } });
  resident.say('b');
  const { result } = (await api.call('getUpdates')).body;
  expect(result.map(({ update_id }: { update_id: unknown }) => update_id)).toEqual([100, 101, 500, 'abc', 502]);
  expect(result[3].message.text).toBe('a\ud800\u0000');
  expect(await ids({ offset: 501 })).toEqual(['abc', 502]);
});

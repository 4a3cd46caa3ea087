import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BotApi, startBotApi } from './bot-api.ts';

let bot: BotApi;
beforeEach(async () => {
  bot = await startBotApi();
});
afterEach(() => bot.close());

async function call(method: string, payload: object = {}) {
  const response = await fetch(`${bot.url}/bot${bot.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  return { status: response.status, body: await response.json() };
}

test('what a resident says is polled, and what the bot sends is what they see', async () => {
  const resident = bot.user();
  const said = resident.say('你好');
  expect((await call('getUpdates')).body.result).toEqual([said]);
  await call('sendMessage', {
    chat_id: resident.id,
    text: '您好',
    reply_markup: { inline_keyboard: [[{ text: '报告', callback_data: 'r' }]] },
  });
  expect(resident.texts()).toEqual(['您好']);
  expect(resident.keyboard()).toEqual([['报告']]);
  expect(resident.tap('报告')).toMatchObject({ callback_query: { data: 'r', message: { message_id: 2, text: '您好' } } });
});

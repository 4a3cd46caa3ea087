import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BotApi, type Resident, startBotApi } from './bot-api.ts';
import type { Fault } from './faults.ts';
import { callerOf } from './plain-bot.ts';

let bot: BotApi;
let api: ReturnType<typeof callerOf>;
let resident: Resident;
beforeEach(async () => {
  bot = await startBotApi();
  api = callerOf(bot);
  resident = bot.user();
});
afterEach(() => bot.close());

/** The first call goes wrong, the next does not. */
function onceWrong(fault: Fault) {
  bot.faults = ({ nth }) => (nth === 1 ? fault : undefined);
}
const send = (signal?: AbortSignal) => api.call('sendMessage', { chat_id: resident.id, text: 'a' }, signal);

test.each<[Fault, number, object]>([
  [
    { is: '429', retryAfter: 7 },
    429,
    { ok: false, error_code: 429, description: 'Too Many Requests: retry after 7', parameters: { retry_after: 7 } },
  ],
  [{ is: '500' }, 500, { ok: false, error_code: 500, description: 'Internal Server Error: restart' }],
  [{ is: '403' }, 403, { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' }],
  [
    { is: '403', description: 'Forbidden: user is deactivated' },
    403,
    { ok: false, error_code: 403, description: 'Forbidden: user is deactivated' },
  ],
])('%j takes no effect, and is over with the next call', async (fault, status, body) => {
  onceWrong(fault);
  expect(await send()).toEqual({ status, body });
  expect(resident.texts()).toEqual([]);
  expect((await send()).status).toBe(200);
  expect(resident.texts()).toEqual(['a']);
  expect(bot.calls.map(({ tookEffect, answered }) => [tookEffect, answered])).toEqual([
    [false, status],
    [true, 200],
  ]);
  expect(bot.calls[0]?.fault).toEqual(fault);
});

test.each<[Fault, number]>([
  [{ is: '502' }, 502],
  [{ is: '503' }, 503],
  [{ is: 'garbage' }, 200],
])('%j is answered in HTML', async (fault, status) => {
  onceWrong(fault);
  const answer = await send();
  expect(answer.status).toBe(status);
  expect(answer.body).toMatch(/^<html>/);
  expect(resident.texts()).toEqual([]);
});

describe.each([true, false])('with accepted: %s', (accepted) => {
  const texts = accepted ? ['a'] : [];

  test('a timeout never answers', async () => {
    onceWrong({ is: 'timeout', accepted });
    await expect(send(AbortSignal.timeout(200))).rejects.toThrow('timeout');
    expect(resident.texts()).toEqual(texts);
    expect(bot.calls).toMatchObject([{ tookEffect: accepted, answered: 'none' }]);
    await bot.settled({ quietMs: 0 });
  });

  test('a reset cuts the connection', async () => {
    onceWrong({ is: 'reset', accepted });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(resident.texts()).toEqual(texts);
    expect(bot.calls).toMatchObject([{ tookEffect: accepted, answered: 'reset' }]);
  });

  test('a 500 may come after the effect', async () => {
    onceWrong({ is: '500', accepted });
    expect((await send()).status).toBe(500);
    expect(resident.texts()).toEqual(texts);
  });

  test('a slow call is answered in the end, and is under way until then', async () => {
    onceWrong({ is: 'slow', ms: 100, accepted });
    const answer = send();
    await bot.until(() => bot.calls.length === 1);
    expect(resident.texts()).toEqual(texts);
    expect(bot.calls[0]?.answered).toBe(undefined);
    await bot.settled({ quietMs: 0 });
    expect((await answer).status).toBe(200);
    expect(resident.texts()).toEqual(['a']);
  });
});

test('what Telegram would refuse takes no effect, though the answer is lost', async () => {
  resident.block();
  onceWrong({ is: 'reset', accepted: true });
  await expect(send()).rejects.toThrow('fetch failed');
  expect(bot.calls).toMatchObject([{ tookEffect: false, answered: 'reset', description: 'Forbidden: bot was blocked by the user' }]);
});

test('the hook is told of each call what it needs to choose', async () => {
  const other = bot.user();
  const told: unknown[] = [];
  bot.faults = ({ method, chatId, nth, nthInChat, via, payload }) => {
    told.push([method, chatId, nth, nthInChat, via, payload.text]);
    return undefined;
  };
  await send();
  await api.call('sendmessage', { chat_id: String(other.id), text: 'b' });
  await send();
  await api.call('getMe');
  expect(told).toEqual([
    ['sendMessage', resident.id, 1, 1, 'http', 'a'],
    ['sendMessage', other.id, 2, 1, 'http', 'b'],
    ['sendMessage', resident.id, 3, 2, 'http', 'a'],
    ['getMe', undefined, 1, 1, 'http', undefined],
  ]);
});

test('a caller that went away before its answer is told apart in the log', async () => {
  onceWrong({ is: 'slow', ms: 150, accepted: true });
  await expect(send(AbortSignal.timeout(50))).rejects.toThrow();
  await bot.until(() => bot.calls[0]?.answered === 'lost');
  expect(resident.texts()).toEqual(['a']);
});

test('waiting for what does not come ends with the last lines of the log', async () => {
  await send();
  await expect(bot.until(() => false, 20)).rejects.toThrow(`sendMessage ${resident.id} → 200`);
});

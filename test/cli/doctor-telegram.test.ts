import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startForTest } from '../desk-for-test.ts';
import { freePort } from '../free-port.ts';
import { type BotApi, startBotApi } from '../telegram/bot-api.ts';
import { found } from './doctor-found.ts';
import { tiexin } from './run.ts';

const SECRET = 'a-secret-of-the-webhook';
const FOREIGN = 'https://elsewhere.example/hook';

let dataDir: string;
let bot: BotApi;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiexin-doctor-'));
  bot = await startBotApi({ deliver: { on: false } });
  const desk = await startForTest({ dataDir });
  await desk.addOfficer('wang', 'officer', 'community');
  await desk.stop();
});
afterEach(async () => {
  await bot.close();
  await rm(dataDir, { recursive: true, force: true });
});

const polling = () => ({ TELEGRAM_BOT_TOKEN: bot.token, TELEGRAM_API_ROOT: bot.url });
const webhookAt = (PUBLIC_URL: string) => ({ ...polling(), PUBLIC_URL, TELEGRAM_WEBHOOK_SECRET: SECRET });
const doctor = (env: Record<string, string>, now = Date.now) => tiexin(dataDir, ['doctor'], { env, now });
const telegramHas = (url: string) => fetch(`${bot.url}/bot${bot.token}/setWebhook`, { method: 'POST', body: new URLSearchParams({ url }) });

test('without a token nothing is said of Telegram, and nothing is asked', async () => {
  const { code, out } = await doctor({ TELEGRAM_API_ROOT: bot.url });
  expect(code).toBe(0);
  expect(out).not.toContain('Telegram');
  expect(bot.calls).toEqual([]);
});

test('long polling, and Telegram has it so', async () => {
  const { code, out } = await doctor(polling());
  expect(code).toBe(0);
  expect(found(out, '@tiexin_test_bot')).toMatchObject({ mark: '✓', cure: '' });
  expect(found(out, 'long polling')).toMatchObject({ mark: '✓', cure: '' });
  expect(found(out, 'Messages waiting at Telegram: 0.')).toMatchObject({ mark: '✓', cure: '' });
  expect(bot.calls.map(({ method }) => method).sort()).toEqual(['getMe', 'getWebhookInfo']);
});

test('a webhook of somebody else, though the desk is to fetch messages itself', async () => {
  await telegramHas(FOREIGN);
  const { code, out } = await doctor(polling());
  expect(code).toBe(1);
  expect(found(out, FOREIGN)).toMatchObject({ mark: '✗', cure: expect.stringContaining('/revoke') });
  const inChinese = await doctor({ ...polling(), DEFAULT_LOCALE: 'zh-CN' });
  expect(found(inChinese.out, FOREIGN)).toMatchObject({ mark: '✗', cure: expect.stringContaining('重新启动贴心') });
});

test('the token is not shown, though another program put it into its address', async () => {
  await telegramHas(`https://elsewhere.example/bot${bot.token}/updates`);
  const { out } = await doctor(polling());
  expect(found(out, 'https://elsewhere.example/bot7000000001:…/updates').mark).toBe('✗');
  expect(out).not.toContain(bot.token.split(':')[1]);
});

test('the webhook that the desk asked for, then its death: the last error with its time, and what waits', async () => {
  bot.deliver.on = true;
  const PORT = String(await freePort());
  const ours = `http://127.0.0.1:${PORT}`;
  const env = webhookAt(ours);
  const desk = await startForTest({ dataDir, env: { ...env, PORT } });
  await bot.until(() => bot.calls.some(({ method }) => method === 'setChatMenuButton'));
  const whole = await doctor({ ...env, PORT });
  expect(found(whole.out, `${ours}/telegram/webhook (webhook), as configured`)).toMatchObject({ mark: '✓', cure: '' });
  expect(whole.code).toBe(0);

  await desk.stop();
  const day = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format();
  const before = day();
  bot.user().say('有人吗');
  await bot.until(() => bot.deliveries.some(({ error }) => error !== undefined));
  const { code, out } = await doctor({ ...env, PORT });
  expect(code).toBe(1);
  expect(found(out, 'Telegram fails to hand messages over')).toMatchObject({
    mark: '✗',
    line: expect.stringMatching(new RegExp(`last on (${before}|${day()}) \\d\\d:\\d\\d: \\S`)),
    cure: expect.stringContaining('certificate'),
  });
  expect(found(out, 'Messages waiting at Telegram: 1.').mark).toBe('✓');

  const hoursLater = await doctor({ ...env, PORT }, () => Date.now() + 2 * 3_600_000);
  expect(found(hoursLater.out, 'Telegram last failed to hand a message over')).toMatchObject({ mark: '✓', cure: '' });
});

test('a webhook that is not set, and one that is another than ours', async () => {
  const wanted = 'https://tiexin.example.cn/telegram/webhook';
  const none = await doctor(webhookAt('https://tiexin.example.cn'));
  expect(none.code).toBe(1);
  expect(found(none.out, `${wanted}, yet it knows of no address`)).toMatchObject({
    mark: '✗',
    cure: expect.stringContaining('Start Tiexin again'),
  });
  await telegramHas(FOREIGN);
  const other = await doctor(webhookAt('https://tiexin.example.cn'));
  expect(other.code).toBe(1);
  expect(found(other.out, `${wanted}, yet it sends them to ${FOREIGN}`).mark).toBe('✗');
});

test.each(['http://tiexin.example.cn', 'https://tiexin.example.cn:3000'])('an address Telegram sends nothing to: %s', async (address) => {
  const { code, out } = await doctor(webhookAt(address));
  expect(code).toBe(1);
  expect(found(out, address)).toMatchObject({ mark: '✗', cure: expect.stringContaining('443, 80, 88 or 8443') });
});

test('what waits at Telegram: some are told, many are broken', async () => {
  const resident = bot.user();
  for (let said = 0; said < 10; said += 1) resident.say(`第${said}句`);
  const some = await doctor(polling());
  expect(some.code).toBe(0);
  expect(found(some.out, 'Messages waiting at Telegram: 10.')).toMatchObject({ mark: '!', cure: expect.stringContaining('24 hours') });
  for (let said = 10; said < 100; said += 1) resident.say(`第${said}句`);
  const many = await doctor(polling());
  expect(many.code).toBe(1);
  expect(found(many.out, 'Messages waiting at Telegram: 100.')).toMatchObject({ mark: '✗', cure: expect.stringContaining('lost') });
});

test('a token that Telegram does not know, never shown', async () => {
  const wrong = '7000000001:AAF-another-token-that-nobody-gave-0001';
  const { code, out, err } = await doctor({ ...polling(), TELEGRAM_BOT_TOKEN: wrong });
  expect(code).toBe(1);
  expect(found(out, 'does not know the token')).toMatchObject({ mark: '✗', cure: expect.stringContaining('BotFather') });
  expect(out + err).not.toContain(wrong.split(':')[1]);
});

test('Telegram out of reach, or something else in its place', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  const gone = await doctor({ ...polling(), TELEGRAM_API_ROOT: nobody });
  expect(gone.code).toBe(1);
  expect(found(gone.out, `Telegram can't be reached at ${nobody}: ECONNREFUSED`)).toMatchObject({
    mark: '✗',
    cure: expect.stringContaining('firewall'),
  });
  bot.faults = () => ({ is: 'garbage' });
  expect(found((await doctor(polling())).out, `Telegram can't be reached at ${bot.url}`).mark).toBe('✗');
});

test('under PROFILE=cn-production a token is refused, and both languages say why', async () => {
  const { code, out, err } = await doctor({ ...polling(), PROFILE: 'cn-production' });
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(err).toContain('TELEGRAM_BOT_TOKEN');
  expect(err).toContain('out of the country');
  expect(err).toContain('带出境');
  expect(bot.calls).toEqual([]);
});

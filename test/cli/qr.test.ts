import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BotApi, startBotApi } from '../telegram/bot-api.ts';
import { type Account, startWechat } from '../wechat/account.ts';
import { tiexin } from './run.ts';

let dataDir: string;
let bot: BotApi;
let account: Account;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiexin-qr-'));
  bot = await startBotApi({ username: 'qingliu_bot' });
  account = await startWechat({ token: 'tiexinTestToken' });
});
afterEach(async () => {
  await bot.close();
  await account.close();
  await rm(dataDir, { recursive: true, force: true });
});
const everywhere = () => ({
  PUBLIC_URL: 'https://tiexin.example.cn',
  TELEGRAM_BOT_TOKEN: bot.token,
  TELEGRAM_API_ROOT: bot.url,
  WECHAT_APP_ID: account.appId,
  WECHAT_APP_SECRET: account.appSecret,
  WECHAT_TOKEN: account.token,
  WECHAT_API_ROOT: account.url,
});

test('a code for each way residents can come, marked with its place', async () => {
  const { code, out } = await tiexin(dataDir, ['qr', 'counter1', '--out', dataDir], { env: everywhere() });
  expect(code).toBe(0);
  const made = Object.fromEntries(
    out
      .trim()
      .split('\n')
      .filter((line) => line.includes('\t'))
      .map((line) => line.split('\t'))
      .map(([path = '', link]) => [path.split('-').at(-1), link]),
  );
  expect(made['web.svg']).toBe('https://tiexin.example.cn/?start=counter1');
  expect(made['telegram.svg']).toBe('https://t.me/qingliu_bot?start=counter1');
  expect(made['wechat.svg']).toMatch(/^https?:/);
  for (const way of ['web', 'telegram', 'wechat']) expect(readFileSync(join(dataDir, `counter1-${way}.svg`), 'utf8')).toMatch(/^<svg/);
  const asked = account.calls.find(({ path }) => path === 'qrcode/create');
  expect(asked?.payload).toMatchObject({ action_name: 'QR_LIMIT_STR_SCENE', action_info: { scene: { scene_str: 'counter1' } } });
});

test('what can’t be made is said, and the others are made', async () => {
  account.ipListed = false;
  const { code, out, err } = await tiexin(dataDir, ['qr', 'counter1', '--out', dataDir], { env: everywhere() });
  expect(code).toBe(1);
  expect(out).toContain('counter1-web.svg');
  expect(err).toContain('address');
});

test('a place that no link can carry, and a desk nobody can come to, make nothing', async () => {
  expect(await tiexin(dataDir, ['qr', '../x', '--out', dataDir], { env: everywhere() })).toMatchObject({ code: 2, out: '' });
  expect(await tiexin(dataDir, ['qr', 'counter1', '--out', dataDir])).toMatchObject({ code: 1, out: '' });
});

test('a code by which a unit is rated says where and which, and its sheet says so in both languages', async () => {
  const { code, out } = await tiexin(dataDir, ['qr', 'notebook', '--rate', 'community', '--out', dataDir], { env: everywhere() });
  expect(code).toBe(0);
  expect(out).toContain('https://tiexin.example.cn/?start=rate-notebook-community');
  expect(out).toContain('https://t.me/qingliu_bot?start=rate-notebook-community');
  const sheet = readFileSync(join(dataDir, 'rate-notebook-community.html'), 'utf8');
  expect(sheet.match(/<svg/g)).toHaveLength(3);
  for (const said of ['评一评：社区警务队', 'Rate: Community team', '110', '分开算', 'counted apart']) expect(sheet).toContain(said);
});

test('a unit that isn’t there and a place where nobody can rate make nothing, and say which there are', async () => {
  const wrong = async (...args: string[]) => tiexin(dataDir, ['qr', ...args, '--out', dataDir], { env: everywhere() });
  const unit = await wrong('notebook', '--rate', 'nowhere');
  expect(unit).toMatchObject({ code: 2, out: '' });
  expect(unit.err).toContain('community');
  const place = await wrong('ceiling', '--rate', 'community');
  expect(place).toMatchObject({ code: 2, out: '' });
  expect(place.err).toContain('notebook');
});

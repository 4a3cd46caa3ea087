import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startForTest } from '../desk-for-test.ts';
import { freePort } from '../free-port.ts';
import { type Account, startWechat } from '../wechat/account.ts';
import { found } from './doctor-found.ts';
import { tiexin } from './run.ts';

const SEND = 'message/custom/send';
const QUOTA = 'openapi/quota/get';
const MENU = 'get_current_selfmenu_info';
const TEMPLATES = 'template/get_all_private_template';
const TEMPLATE = 'ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY';

let dataDir: string;
let account: Account;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tiexin-doctor-'));
  account = await startWechat({ token: 'tiexinTestToken' });
  const desk = await startForTest({ dataDir });
  await desk.addOfficer('wang', 'officer', 'community');
  await desk.stop();
});
afterEach(async () => {
  await account.close();
  await rm(dataDir, { recursive: true, force: true });
});

const set = () => ({
  WECHAT_APP_ID: account.appId,
  WECHAT_APP_SECRET: account.appSecret,
  WECHAT_TOKEN: account.token,
  WECHAT_ENCODING_AES_KEY: account.encodingAesKey,
  WECHAT_API_ROOT: account.url,
  PUBLIC_URL: 'https://tiexin.example.cn',
});
const doctor = (env: Record<string, string> = {}) => tiexin(dataDir, ['doctor'], { env: { ...set(), ...env } });

/** Customer-service messages so far today. */
async function used(times: number): Promise<void> {
  const { access_token } = await fetch(`${account.url}/cgi-bin/stable_token`, {
    method: 'POST',
    body: JSON.stringify({ grant_type: 'client_credential', appid: account.appId, secret: account.appSecret }),
  }).then((answer) => answer.json() as Promise<{ access_token: string }>);
  const resident = account.user();
  for (let n = 0; n < times; n += 1) {
    const body = JSON.stringify({ touser: resident.openid, msgtype: 'text', text: { content: '在' } });
    await fetch(`${account.url}/cgi-bin/${SEND}?access_token=${access_token}`, { method: 'POST', body });
  }
}

test('without an account nothing is said of WeChat, and nothing is asked', async () => {
  const { code, out } = await tiexin(dataDir, ['doctor'], { env: { WECHAT_API_ROOT: account.url } });
  expect(code).toBe(0);
  expect(out).not.toContain('WeChat');
  expect(account.calls).toEqual([]);
});

test('an account whose desk has run: WeChat lets us in, the menu stands, what is used of the day, and a running desk keeps its token', async () => {
  const PORT = String(await freePort());
  const desk = await startForTest({ dataDir, env: { ...set(), PORT } });
  await account.until(() => account.menu !== undefined);
  const { code, out } = await doctor({ PORT });
  expect(code).toBe(0);
  expect(found(out, `AppID ${account.appId}`)).toMatchObject({ mark: '✓', cure: '' });
  expect(found(out, 'Addresses WeChat calls from: 2.').mark).toBe('✓');
  expect(found(out, 'The menu stands').mark).toBe('✓');
  expect(found(out, "0 of today's 500000 are used").mark).toBe('✓');
  expect(found(out, 'encrypted (secure mode).').mark).toBe('✓');
  expect(found(out, "Server address for WeChat's console: https://tiexin.example.cn/wechat/webhook").mark).toBe('✓');
  expect(account.calls.filter(({ payload }) => payload.force_refresh === true)).toEqual([]);
  await desk.stop();
});

test('the server address that doctor names proves itself to WeChat', async () => {
  const PORT = String(await freePort());
  const desk = await startForTest({ dataDir, env: { ...set(), PORT } });
  const { out } = await doctor({ PORT, PUBLIC_URL: `http://127.0.0.1:${PORT}` });
  const [address = ''] = /http:\/\/127\.0\.0\.1\S*webhook/.exec(out) ?? [];
  await expect(account.configure(address)).resolves.toBeUndefined();
  await desk.stop();
});

test('no menu yet, and one that the account may not have', async () => {
  const none = await doctor();
  expect(none.code).toBe(0);
  expect(found(none.out, 'no menu in WeChat yet')).toMatchObject({ mark: '!', cure: expect.stringContaining('Start Tiexin') });
  account.withhold(MENU);
  const noRight = await doctor();
  expect(noRight.code).toBe(0);
  expect(found(noRight.out, 'may not have a menu')).toMatchObject({ mark: '!', cure: expect.stringContaining('verified') });
});

test('four fifths of the day’s messages are fine, one more is told, all of them are broken', async () => {
  account.limit(SEND, 10);
  await used(8);
  expect(found((await doctor()).out, "8 of today's 10 are used").mark).toBe('✓');
  await used(1);
  const many = await doctor();
  expect(many.code).toBe(0);
  expect(found(many.out, "9 of today's 10 are used")).toMatchObject({ mark: '!', cure: expect.stringContaining('midnight in Beijing') });
  await used(1);
  const all = await doctor();
  expect(all.code).toBe(1);
  expect(found(all.out, "10 of today's 10 are used")).toMatchObject({ mark: '✗', cure: expect.stringContaining('after midnight') });
});

test.each([
  ['WeChat says so', () => account.withhold(QUOTA)],
  ['none are allowed in a day', () => account.limit(SEND, 0)],
])('an account that may not send customer-service messages: %s', async (_why, make) => {
  make();
  const { code, out } = await doctor();
  expect(code).toBe(1);
  expect(found(out, 'may not send customer-service messages')).toMatchObject({
    mark: '✗',
    cure: expect.stringContaining('verified service account'),
  });
  const inChinese = await doctor({ DEFAULT_LOCALE: 'zh-CN' });
  expect(found(inChinese.out, '不能发客服消息')).toMatchObject({ mark: '✗', cure: expect.stringContaining('服务号') });
});

test('a template for notices: in the account, not in it, none allowed, none set', async () => {
  const WECHAT_NOTICE_TEMPLATE = `${TEMPLATE},thing1`;
  const none = await doctor({ WECHAT_NOTICE_TEMPLATE });
  expect(none.code).toBe(0);
  expect(found(none.out, 'WECHAT_NOTICE_TEMPLATE is not in')).toMatchObject({ mark: '!', cure: expect.stringContaining("template's id") });
  const inChinese = await doctor({ WECHAT_NOTICE_TEMPLATE, DEFAULT_LOCALE: 'zh-CN' });
  expect(found(inChinese.out, '没有 WECHAT_NOTICE_TEMPLATE')).toMatchObject({ mark: '!', cure: expect.stringContaining('模板 ID') });
  account.addTemplate({ template_id: TEMPLATE, title: '回复提醒', content: '您有一条回复。{{thing1.DATA}}', subscription: false });
  expect(found((await doctor({ WECHAT_NOTICE_TEMPLATE })).out, "template for WeChat's notices")).toMatchObject({ mark: '✓', cure: '' });
  account.withhold(TEMPLATES);
  const noRight = await doctor({ WECHAT_NOTICE_TEMPLATE });
  expect(noRight.code).toBe(0);
  expect(found(noRight.out, 'may not send template messages')).toMatchObject({ mark: '!', cure: expect.stringContaining('Apply') });
  const before = account.calls.filter(({ path }) => path === TEMPLATES).length;
  expect((await doctor()).out).not.toContain('template');
  expect(account.calls.filter(({ path }) => path === TEMPLATES)).toHaveLength(before);
});

test('plain mode, and a key on its way out', async () => {
  const plain = await doctor({ WECHAT_ENCODING_AES_KEY: '' });
  expect(plain.code).toBe(0);
  expect(found(plain.out, 'not encrypted (plain mode)')).toMatchObject({ mark: '!', cure: expect.stringContaining('secure mode') });
  const both = await doctor({ WECHAT_ENCODING_AES_KEY: `${'n'.repeat(43)},${account.encodingAesKey}` });
  expect(found(both.out, 'the old key is still accepted')).toMatchObject({ mark: '✓', cure: '' });
});

test.each([
  ['', 'PUBLIC_URL is not set', '/wechat/webhook'],
  ['http://tiexin.example.cn', 'without https', 'certificate'],
  ['https://tiexin.example.cn:8443', 'https://tiexin.example.cn:8443/wechat/webhook', '443 (https) and port 80'],
])('an address where WeChat may not find the desk: “%s”', async (PUBLIC_URL, words, cure) => {
  const { code, out } = await doctor({ PUBLIC_URL });
  expect(code).toBe(0);
  expect(found(out, words)).toMatchObject({ mark: '!', cure: expect.stringContaining(cure) });
});

test('a server that is not on the IP list, in both languages; mode and address are told all the same', async () => {
  account.ipListed = false;
  const { code, out } = await doctor();
  expect(code).toBe(1);
  expect(found(out, 'errcode 40164')).toMatchObject({ mark: '✗', cure: expect.stringContaining('IP list') });
  expect(found(out, 'secure mode').mark).toBe('✓');
  expect(found(out, 'Server address').mark).toBe('✓');
  const inChinese = await doctor({ DEFAULT_LOCALE: 'zh-CN' });
  expect(found(inChinese.out, 'errcode 40164')).toMatchObject({ mark: '✗', cure: expect.stringContaining('IP 白名单') });
});

test('an AppID and an AppSecret that WeChat does not take; the secret is never shown', async () => {
  const appId = await doctor({ WECHAT_APP_ID: 'wxffffffffffffffff' });
  expect(appId.code).toBe(1);
  expect(found(appId.out, 'does not know the AppID wxffffffffffffffff')).toMatchObject({ mark: '✗', cure: expect.stringContaining('gh_') });
  const wrong = 'f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0';
  const secret = await doctor({ WECHAT_APP_SECRET: wrong });
  expect(secret.code).toBe(1);
  expect(found(secret.out, 'errcode 40125')).toMatchObject({ mark: '✗', cure: expect.stringContaining('reset it') });
  const texts = [appId, secret].flatMap(({ out, err }) => [out, err]).join('');
  for (const hidden of [wrong, account.appSecret, account.token, account.encodingAesKey]) expect(texts).not.toContain(hidden);
});

test.each([
  [61004, '✗', 'not on the account'],
  [40001, '✗', 'does not take the AppSecret'],
  [50002, '✗', 'does not let us in'],
  [99999, '✗', 'does not let us in'],
  [-1, '!', 'lets nobody in right now'],
  [45009, '!', 'lets nobody in right now'],
])('errcode %i instead of a token', async (errcode, mark, words) => {
  account.faults = ({ path }) => (path === 'stable_token' ? errcode : undefined);
  const { code, out } = await doctor();
  expect(code).toBe(mark === '✗' ? 1 : 0);
  expect(found(out, words)).toMatchObject({ mark, line: expect.stringContaining(`errcode ${errcode}`), cure: expect.stringMatching(/\S/) });
});

test('WeChat out of reach, or something else in its place', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  const gone = await doctor({ WECHAT_API_ROOT: nobody });
  expect(gone.code).toBe(1);
  expect(found(gone.out, `WeChat can't be reached at ${nobody}`)).toMatchObject({ mark: '✗', cure: expect.stringContaining('firewall') });
  account.faults = () => ({ is: 'garbage' });
  expect(found((await doctor()).out, `WeChat can't be reached at ${account.url}`).mark).toBe('✗');
});

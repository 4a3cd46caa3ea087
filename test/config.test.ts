import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whyNot } from '../src/cli/start-words.ts';
import { readConfig, WrongEnvironment } from '../src/config.ts';
import { loadWords } from '../src/i18n.ts';

const words = loadWords(join(import.meta.dirname, '../locales'));
const TOKEN = '123456:ABC-DEF1234567890';
const SECRET = 'a-secret-of-the-webhook';

/** What the operator reads of this environment: every line, the Chinese ones first; none where all is well. */
function refusalOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (cause) {
    expect(cause).toBeInstanceOf(WrongEnvironment);
    return whyNot(words, cause);
  }
}

test('with nothing set there is a whole configuration, without Telegram', () => {
  const config = readConfig({});
  expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', defaultLocale: 'zh-CN', profile: undefined, telegram: undefined });
});

test('an empty value counts as not set', () => {
  expect(readConfig({ PORT: '', PROFILE: '', TELEGRAM_BOT_TOKEN: '', TELEGRAM_API_ROOT: '' })).toEqual(readConfig({}));
});

test('a token alone: messages are fetched by long polling', () => {
  expect(readConfig({ TELEGRAM_BOT_TOKEN: TOKEN }).telegram).toEqual({
    token: TOKEN,
    apiRoot: 'https://api.telegram.org',
    webhook: undefined,
  });
});

test('a token with an address but no secret is long polling too: the pages have that address anyway', () => {
  expect(readConfig({ TELEGRAM_BOT_TOKEN: TOKEN, PUBLIC_URL: 'https://tiexin.example.cn' }).telegram?.webhook).toBeUndefined();
});

test('a token with a secret and an address: Telegram sends messages there', () => {
  const env = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_SECRET: SECRET, PUBLIC_URL: 'https://tiexin.example.cn/' };
  expect(readConfig({ ...env, TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/' }).telegram).toEqual({
    token: TOKEN,
    apiRoot: 'http://127.0.0.1:8081',
    webhook: { url: 'https://tiexin.example.cn', secret: SECRET },
  });
});

test('under cn-production a token is refused, and both languages say why', () => {
  expect(readConfig({ PROFILE: 'cn-production' }).profile).toBe('cn-production');
  expect(refusalOf({ PROFILE: 'cn-production', TELEGRAM_BOT_TOKEN: TOKEN })).toEqual([
    'TELEGRAM_BOT_TOKEN 不对，应为：PROFILE=cn-production 时空着，因为 Telegram 会把居民的数据带出境',
    "TELEGRAM_BOT_TOKEN is wrong. It should be: empty under PROFILE=cn-production, since Telegram would carry residents' data out of the country",
  ]);
});

test('a secret without an address is refused, and both languages say why', () => {
  expect(refusalOf({ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_SECRET: SECRET })).toEqual([
    'PUBLIC_URL 不对，应为：一起设好，Telegram 才知道把消息送到哪里；不然就让 TELEGRAM_WEBHOOK_SECRET 空着',
    'PUBLIC_URL is wrong. It should be: set as well, so that Telegram knows where to send messages; or leave TELEGRAM_WEBHOOK_SECRET empty',
  ]);
});

test('every wrong variable is named at once, and no value is repeated', () => {
  const lines = refusalOf({ PORT: 'x', TELEGRAM_BOT_TOKEN: 'hunter2-no-token', TELEGRAM_WEBHOOK_SECRET: 'short-5ecret' });
  for (const name of ['PORT', 'TELEGRAM_BOT_TOKEN', 'TELEGRAM_WEBHOOK_SECRET'])
    expect(lines.filter((line) => line.startsWith(`${name} `))).toHaveLength(words.locales.length);
  expect(lines.join('\n')).not.toMatch(/hunter2|5ecret/);
});

test('the template of WeChat’s notices is an id, and perhaps its fields', () => {
  const account = { WECHAT_APP_ID: 'wx0123456789abcdef', WECHAT_APP_SECRET: '0123456789abcdef', WECHAT_TOKEN: 'token' };
  const id = 'ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY';
  const noticeOf = (given: string) => readConfig({ ...account, WECHAT_NOTICE_TEMPLATE: given }).wechat?.notice;
  expect(noticeOf('')).toBeUndefined();
  expect(noticeOf(id)).toEqual({ template: id, fields: [] });
  expect(noticeOf(`${id},thing1,thing3`)).toEqual({ template: id, fields: ['thing1', 'thing3'] });
  for (const wrong of ['T1', `${id},name1`, `${id},`, `${id}, thing1`])
    expect(refusalOf({ WECHAT_NOTICE_TEMPLATE: wrong })).toEqual(
      expect.arrayContaining([expect.stringMatching(/^WECHAT_NOTICE_TEMPLATE is wrong/)]),
    );
});

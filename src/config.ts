import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { z } from 'zod';

const known = (zone: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
const keyBytes = (text: string) => Buffer.from(text, 'base64');
const whole = z.string().regex(/^\d+$/, 'a whole number').transform(Number);

/** The account, where all that opens it is set. While keys change, the one before stands behind a comma. */
function wechatIn(env: {
  WECHAT_APP_ID?: string | undefined;
  WECHAT_APP_SECRET?: string | undefined;
  WECHAT_TOKEN?: string | undefined;
  WECHAT_ENCODING_AES_KEY?: string | undefined;
  WECHAT_NOTICE_TEMPLATE?: string | undefined;
  WECHAT_API_ROOT: string;
}) {
  const { WECHAT_APP_ID: appId, WECHAT_APP_SECRET: appSecret, WECHAT_TOKEN: token } = env;
  if (appId === undefined || appSecret === undefined || token === undefined) return undefined;
  const [encodingAesKey, previousEncodingAesKey] = env.WECHAT_ENCODING_AES_KEY?.split(',') ?? [];
  const [template, ...fields] = env.WECHAT_NOTICE_TEMPLATE?.split(',') ?? [];
  const notice = template === undefined ? undefined : { template, fields };
  return { appId, appSecret, token, encodingAesKey, previousEncodingAesKey, notice, apiRoot: env.WECHAT_API_ROOT.replace(/\/$/, '') };
}

/** Every variable the program reads, all optional; README's table is tested against it. */
export const environment = z
  .object({
    PORT: whole.pipe(z.number().max(65_535)).default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'an address such as https://tiexin.example.cn' }).optional(),
    TRUSTED_PROXIES: z.string().default(''),
    DATA_DIR: z.string().min(1).default('./data'),
    TIEXIN_KEY: z
      .string()
      .refine((text) => keyBytes(text).length === 32, '32 bytes in base64')
      .optional(),
    STATION_NAME: z.string().trim().max(60).default(''),
    TIMEZONE: z.string().refine(known, 'an IANA time zone such as Asia/Shanghai').default('Asia/Shanghai'),
    DEFAULT_LOCALE: z.enum(['zh-CN', 'en']).default('zh-CN'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
    PROFILE: z.enum(['cn-production']).optional(),
    TELEGRAM_BOT_TOKEN: z
      .string()
      .regex(/^\d{3,20}:[\w-]{10,100}$/, 'the token BotFather gave, such as 123456:ABC-DEF1234')
      .optional(),
    TELEGRAM_WEBHOOK_SECRET: z
      .string()
      .regex(/^[\w-]{16,256}$/, '16 to 256 letters, digits, _ or -')
      .optional(),
    TELEGRAM_API_ROOT: z
      .url({ protocol: /^https?$/, error: 'an address such as https://api.telegram.org' })
      .default('https://api.telegram.org'),
    WECHAT_APP_ID: z
      .string()
      .regex(/^wx[0-9a-f]{10,32}$/i, 'the AppID from the account’s console, such as wx0123456789abcdef')
      .optional(),
    WECHAT_APP_SECRET: z
      .string()
      .regex(/^\w{16,64}$/, 'the AppSecret from the account’s console')
      .optional(),
    WECHAT_TOKEN: z
      .string()
      .regex(/^[A-Za-z0-9]{3,32}$/, '3 to 32 letters and digits, the same as in the account’s console')
      .optional(),
    WECHAT_ENCODING_AES_KEY: z
      .string()
      .regex(/^[A-Za-z0-9]{43}(,[A-Za-z0-9]{43})?$/, '43 letters and digits; while keys change, the new one, a comma, the old one')
      .optional(),
    WECHAT_NOTICE_TEMPLATE: z
      .string()
      .regex(/^[\w-]{20,64}(,thing\d{1,2})*$/, 'a template id from the account’s console, then its fields, as in ID,thing1,thing3')
      .optional(),
    WECHAT_API_ROOT: z
      .url({ protocol: /^https?$/, error: 'an address such as https://api.weixin.qq.com' })
      .default('https://api.weixin.qq.com'),
  })
  .superRefine((env, context) => {
    const wrong = (variable: string, message: string) => context.addIssue({ code: 'custom', path: [variable], message });
    const account = [env.WECHAT_APP_ID, env.WECHAT_APP_SECRET, env.WECHAT_TOKEN];
    if (account.some((part) => part !== undefined) && account.some((part) => part === undefined))
      wrong('WECHAT_APP_ID', 'start:should.wechatWhole');
    if (env.TELEGRAM_BOT_TOKEN === undefined) return;
    if (env.PROFILE === 'cn-production') wrong('TELEGRAM_BOT_TOKEN', 'start:should.noTelegram');
    if (env.TELEGRAM_WEBHOOK_SECRET !== undefined && env.PUBLIC_URL === undefined) wrong('PUBLIC_URL', 'start:should.webhookAddress');
  })
  .transform((env) => ({
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL?.replace(/\/$/, ''),
    trustedProxies: env.TRUSTED_PROXIES.split(',')
      .map((proxy) => proxy.trim())
      .filter((proxy) => proxy !== ''),
    dataDir: resolve(env.DATA_DIR),
    key: env.TIEXIN_KEY === undefined ? undefined : new Uint8Array(keyBytes(env.TIEXIN_KEY)),
    stationName: env.STATION_NAME,
    zone: env.TIMEZONE,
    defaultLocale: env.DEFAULT_LOCALE,
    logLevel: env.LOG_LEVEL,
    metricsToken: env.METRICS_TOKEN,
    profile: env.PROFILE,
    telegram:
      env.TELEGRAM_BOT_TOKEN === undefined
        ? undefined
        : {
            token: env.TELEGRAM_BOT_TOKEN,
            apiRoot: env.TELEGRAM_API_ROOT.replace(/\/$/, ''),
            webhook:
              env.TELEGRAM_WEBHOOK_SECRET === undefined || env.PUBLIC_URL === undefined
                ? undefined
                : { url: env.PUBLIC_URL.replace(/\/$/, ''), secret: env.TELEGRAM_WEBHOOK_SECRET },
          },
    wechat: wechatIn(env),
  }));
export type Config = z.output<typeof environment>;

/** The environment is wrong; `wrong` names every variable at once, with what it should be: plain, or a key of words. */
export class WrongEnvironment extends Error {
  readonly wrong: readonly { variable: string; should: string }[];

  constructor(wrong: WrongEnvironment['wrong']) {
    super(wrong.map(({ variable, should }) => `${variable}: ${should}`).join('\n'));
    this.name = 'WrongEnvironment';
    this.wrong = wrong;
  }
}

/** Checks a whole environment; throws {@link WrongEnvironment}. An empty value counts as unset, as `docker --env-file` and compose write it. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = environment.safeParse(set);
  if (read.success) return read.data;
  throw new WrongEnvironment(read.error.issues.map(({ path, message }) => ({ variable: path.join('.'), should: message })));
}

/** The only look at `process.env`, with `.env` beneath it. */
export function configFromEnvironment(): Config {
  if (existsSync('.env')) loadEnvFile('.env');
  return readConfig(process.env);
}

/** The key outside the database: TIEXIN_KEY, else `secret.key` in the data folder, made on first use with mode 600. */
export function keyFrom(config: Pick<Config, 'key' | 'dataDir'>): Uint8Array {
  if (config.key) return config.key;
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const path = join(config.dataDir, 'secret.key');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx', flush: true });
  const key = keyBytes(readFileSync(path, 'utf8'));
  if (key.length !== 32) throw new WrongEnvironment([{ variable: path, should: '32 bytes in base64' }]);
  return new Uint8Array(key);
}

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
  })
  .superRefine((env, context) => {
    const wrong = (variable: string, message: string) => context.addIssue({ code: 'custom', path: [variable], message });
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

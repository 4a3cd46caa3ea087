import { type Config, WrongEnvironment } from '../config.ts';
import { Refused } from '../domain/refusal.ts';
import type { Words } from '../i18n.ts';

/** What the operator reads once the desk runs. */
export function startLines(words: Words, { defaultLocale, dataDir }: Config, url: string, oneTime: OneTime | undefined): string[] {
  const running = words.t('start:running', defaultLocale, { url, console: `${url}/console`, dataDir });
  if (!oneTime) return [running];
  return [running, words.t('shown' in oneTime ? 'start:oneTimeShown' : 'start:oneTimeInFile', defaultLocale, { ...oneTime })];
}

/** The first administrator's password: shown on a terminal, else where its file is. */
export type OneTime = { username: string; shown: string } | { username: string; file: string };

/** Why nothing was started, in every language: what is wrong may be the language itself. */
export function whyNot(words: Words, cause: unknown): string[] {
  return words.locales.flatMap((locale) => reasons(words, locale, cause));
}

function reasons(words: Words, locale: string, cause: unknown): string[] {
  if (cause instanceof WrongEnvironment)
    return cause.wrong.map(({ variable, should }) =>
      words.t('start:wrongVariable', locale, { variable, should: words.has(should, locale) ? words.t(should, locale) : should }),
    );
  const code = cause instanceof Refused ? cause.code : cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (message === 'already-serving') return [words.t('start:alreadyServing', locale)];
  if (code === 'EADDRINUSE') return [words.t('start:portTaken', locale)];
  return [words.t('start:failed', locale, { message })];
}

import en from '../../locales/en/webchat.json' with { type: 'json' };
import zh from '../../locales/zh-CN/webchat.json' with { type: 'json' };

export type Words = typeof zh;
export type Locale = 'zh-CN' | 'en';

const all: Record<Locale, Words> = { 'zh-CN': zh, en };

/** The page's own words in a language. */
export const wordsIn = (locale: Locale): Words => all[locale];

/** The language of the browser, as far as the page speaks it; Chinese first. */
export const localeOfBrowser = (languages: readonly string[]): Locale => {
  const known = languages.find((language) => /^(zh|en)\b/i.test(language));
  return known !== undefined && /^en/i.test(known) ? 'en' : 'zh-CN';
};

export const isLocale = (text: string | undefined): text is Locale => text !== undefined && Object.hasOwn(all, text);

/** The language switched to. */
export const otherLocale = (locale: Locale): Locale => (locale === 'en' ? 'zh-CN' : 'en');

/** Puts values in their places: `{{count}}`. */
export const fill = (words: string, values: Readonly<Record<string, string | number>>): string =>
  words.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));

/** The day of a line as people say it: today, yesterday, or the date. */
export function dayOf(at: number, now: number, locale: Locale): string {
  const { log } = wordsIn(locale);
  const day = (instant: number) => new Date(instant).toDateString();
  if (day(at) === day(now)) return log.today;
  if (day(at) === day(now - 86_400_000)) return log.yesterday;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', weekday: 'short', ...(!sameYear && { year: 'numeric' }) }).format(
    at,
  );
}

export const timeOf = (at: number, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false }).format(at);

import type { Language } from '../words/words.ts';

/** `2026-07` as a month, `2026` as a year. */
export function periodShown(period: string, language: Language): string {
  const [year, month] = period.split('-').map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1));
  const how: Intl.DateTimeFormatOptions = { year: 'numeric', timeZone: 'UTC', ...(month !== undefined && { month: 'long' }) };
  return new Intl.DateTimeFormat(language, how).format(date);
}

/** Whole months, both named ones included. */
export const monthsShown = (from: string, to: string, language: Language): string =>
  from === to ? periodShown(from, language) : `${periodShown(from, language)} – ${periodShown(to, language)}`;

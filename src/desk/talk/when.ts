import type { Instant } from '../../domain/chance.ts';

/** A day and a clock time as people say them, in the station's zone: `10月8日周四 17:30`, `Thu, 8 October at 17:30`. */
export const dayAndTime = (at: Instant, locale: string, zone: string): string =>
  formatted(at, locale, zone, { month: 'long', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** A day as people say it, in the station's zone: `10月8日周四`, `Thu, 8 October`. */
export const day = (at: Instant, locale: string, zone: string): string =>
  formatted(at, locale, zone, { month: 'long', day: 'numeric', weekday: 'short' });

/** Made once: a format costs far more to make than to use. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** English days stand before the month, as in the rest of the words. */
function formatted(at: Instant, locale: string, zone: string, how: Intl.DateTimeFormatOptions): string {
  const name = `${locale}/${zone}/${how.hour ?? ''}`;
  let format = formats.get(name);
  if (!format) {
    format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...how, timeZone: zone });
    formats.set(name, format);
  }
  return format.format(at);
}

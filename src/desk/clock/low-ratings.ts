import type { Answered } from '../../domain/case.ts';
import { unitById } from '../../domain/catalogue.ts';
import type { DecideLowRatings, LowRatings } from '../../domain/decision.ts';
import type { Words } from '../../i18n.ts';
import { openingOf } from '../filing.ts';

/**
 * Low ratings whose residents asked for nothing become one case of their unit: what keeps going wrong, for another than was rated;
 * for inspection where rules were broken or a lead is among the rated. It names nobody, and nobody can be asked or told.
 */
export const lookIntoLowRatings =
  (words: Words): DecideLowRatings =>
  ({ unit, count, reasons, rated }, catalogue, chance) => {
    const [locale = ''] = words.locales;
    const labels = unitById(catalogue, unit)?.labels ?? {};
    const opening = openingOf(
      {
        kind: 'follow-up',
        unit,
        keptFrom: rated.map(({ id }) => id),
        details: words.t('follow-up:unasked.summary', locale, { count, unit: labels[locale] ?? labels['zh-CN'] ?? '' }),
        seal: Object.hasOwn(reasons, 'rules-broken') || rated.some(({ role }) => role === 'lead'),
        answers: answersOf({ count, reasons }, words, locale),
        locale,
        actor: { kind: 'clock' },
      },
      { catalogue, chance },
    );
    return { changes: opening.changes, say: [] };
  };

function answersOf({ count, reasons }: Pick<LowRatings, 'count' | 'reasons'>, words: Words, locale: string): Answered[] {
  const missed = Object.entries(reasons)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, times]) =>
      words.t('follow-up:unasked.times', locale, { reason: words.t(`rate:missed.option.${reason}`, locale), times }),
    );
  const line = (step: string, asked: string, value: string): Answered => ({
    step,
    asked: words.t(asked, locale),
    locale,
    value,
    shown: value,
  });
  return [
    line('count', 'follow-up:unasked.count', String(count)),
    ...(missed.length > 0 ? [line('missed', 'rate:missed.line', new Intl.ListFormat(locale, { type: 'conjunction' }).format(missed))] : []),
    line('task', 'follow-up:unasked.task', words.t('follow-up:unasked.how', locale)),
  ];
}

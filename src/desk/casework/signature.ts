import { type Catalogue, unitById } from '../../domain/catalogue.ts';
import type { Officer } from '../../domain/officer.ts';
import type { Words } from '../../i18n.ts';

/** How an officer's words are signed for a resident: public name or badge and unit; inspectors by their unit alone. */
export function signed(officer: Officer, catalogue: Catalogue, words: Words, locale: string): string {
  const labels = unitById(catalogue, officer.unit)?.labels;
  const unit = labels?.[locale] ?? Object.values(labels ?? {})[0] ?? '';
  if (officer.role === 'inspector') return unit;
  const { publicName: name, badge } = officer;
  return badge === undefined
    ? words.t('casework:signature.name', locale, { unit, name })
    : words.t('casework:signature.badge', locale, { unit, name, badge });
}

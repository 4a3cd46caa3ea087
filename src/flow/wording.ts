import type { Around, Wording } from './effect.ts';
import type { Label } from './step.ts';

/** A label in the resident's language. */
export const inWords = (label: Label, { words, locale }: Around): string =>
  'words' in label ? label.words : said(words, label.key, locale, label.values);

/** A label in every language there is: any of them may be typed back. */
export const inAllWords = (label: Label, { words }: Around): string[] =>
  'words' in label ? [label.words] : words.locales.map((locale) => said(words, label.key, locale, label.values));

/** `A, B and C`: as the resident's language lists things. */
export function listed(things: readonly string[], { words, locale }: Around): string {
  const spoken = words.locales.includes(locale) ? locale : words.locales[0];
  return new Intl.ListFormat(spoken, { type: 'conjunction' }).format(things);
}

// Looking a key up costs several times what the rest of a turn does, and without values its words are always the same.
const fixed = new WeakMap<Wording, Map<string, string>>();

function said(words: Wording, key: string, locale: string, values: Readonly<Record<string, string | number>> | undefined): string {
  if (values || !words.locales.includes(locale)) return words.t(key, locale, values);
  const known = fixed.get(words) ?? new Map<string, string>();
  fixed.set(words, known);
  const name = `${locale} ${key}`;
  const found = known.get(name) ?? words.t(key, locale);
  known.set(name, found);
  return found;
}

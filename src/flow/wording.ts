import type { Around } from './effect.ts';
import type { Label } from './step.ts';

/** A label in the resident's language. */
export const inWords = (label: Label, { words, locale }: Around): string =>
  'words' in label ? label.words : words.t(label.key, locale, label.values);

/** A label in every language there is: any of them may be typed back. */
export const inAllWords = (label: Label, { words }: Around): string[] =>
  'words' in label ? [label.words] : words.locales.map((locale) => words.t(label.key, locale, label.values));

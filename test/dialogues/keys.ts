import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of `locales/<lang>/` that residents are spoken to from; all others are for officers, operators and pages. */
const NAMESPACES = ['desk', 'mine', 'flow', 'report', 'help', 'message', 'unsolved', 'withdraw', 'lookup', 'rate', 'casework', 'clock'];

/** Never said as a line or a label of their own: words that stand in others, and words that residents type. */
const NOT_SAID = [/^desk:(station|body-above)$/, /^desk:typed\./, /^flow:review\.yes$/];

/** Every key the bot can say. */
export function keysOfTheBot(locale: string): string[] {
  const folder = join(import.meta.dirname, '../../locales', locale);
  return NAMESPACES.flatMap((namespace) =>
    flat(JSON.parse(readFileSync(join(folder, `${namespace}.json`), 'utf8'))).map((path) => `${namespace}:${path}`),
  )
    .map((key) => key.replace(/_(one|other|zero)$/, ''))
    .filter((key) => !NOT_SAID.some((pattern) => pattern.test(key)));
}

const flat = (words: object, before = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [`${before}${key}`] : flat(value, `${before}${key}.`)));

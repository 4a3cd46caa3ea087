import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of `locales/<lang>/` that residents are spoken to from; all others are for officers, operators and pages. */
const NAMESPACES = ['desk', 'mine', 'flow', 'report', 'help', 'message', 'unsolved', 'withdraw', 'lookup', 'rate', 'casework', 'clock'];

/**
 * Never said as a line or a label of their own: words that residents type, words that stand inside others (lines of a review, a
 * station's name), those that sign or title what an officer wrote, and a closing that only the clock does, in words of its own.
 */
const NOT_SAID = [
  /^desk:typed\./,
  /^desk:(station|body-above|language\.name)$/,
  /^flow:(review\.|photo\.count$|place\.point$)/,
  /^casework:(signature\.|source\.|words$|closed\.not-confirmed$)/,
];

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

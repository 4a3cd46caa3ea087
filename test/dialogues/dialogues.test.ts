import { describe, expect, test } from 'vitest';
import { keysOfTheBot } from './keys.ts';
import { dialoguesIn, perform } from './perform.ts';

/** Every key that some dialogue was told, by locale. */
const said: Record<string, Set<string>> = { 'zh-CN': new Set(), en: new Set() };

describe.each(Object.keys(said))('dialogues in %s', (locale) => {
  for (const { name, text } of dialoguesIn(locale)) {
    test(name, { timeout: 120_000 }, () => perform(locale, name, text, (key) => said[locale]?.add(key), 'web'));
  }
});

test('everything the bot can say is said in some dialogue, in each language', () => {
  for (const [locale, keys] of Object.entries(said)) {
    expect(
      keysOfTheBot(locale).filter((key) => !keys.has(key)),
      locale,
    ).toEqual([]);
  }
});

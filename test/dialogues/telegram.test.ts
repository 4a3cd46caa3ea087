import { describe, expect, test } from 'vitest';
import { dialoguesIn, perform } from './perform.ts';
import type { Over } from './stage.ts';

/** What only a page has: fields to look up by, files refused as they are sent, many counted at once, answers that nobody has opened, an address that finds the next release. */
const ON_A_PAGE = /\((looks up|big photo|broken photo|photo that|nothing but spaces|sends \d+ photos)|not-reached|a new release/;

const ways: readonly (readonly [Over, string])[] = [
  ['telegram webhook', 'zh-CN'],
  ['telegram polling', 'en'],
];

describe.each(ways)('over %s, in %s', (over, locale) => {
  const dialogues = dialoguesIn(locale).filter(({ text }) => !ON_A_PAGE.test(text));

  test('all but a few dialogues can be had there', () => {
    expect(dialogues.length).toBeGreaterThan(dialoguesIn(locale).length - 14);
  });

  for (const { name, text } of dialogues) test(name, { timeout: 120_000 }, () => perform(locale, name, text, () => undefined, over));
});

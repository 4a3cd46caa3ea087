import { describe, expect, test } from 'vitest';
import { dialoguesIn, perform } from './perform.ts';
import type { Over } from './stage.ts';

/** What a page or another messenger has and WeChat has not. */
const ELSEWHERE =
  /\((looks up|big photo|broken photo|photo that|photos\)|nothing but spaces|edits|answers it with|sends \d+ photos)|\[late:|not-reached|a new release/;

const ways: readonly (readonly [Over, string])[] = [
  ['wechat secure', 'zh-CN'],
  ['wechat plain', 'en'],
  ['wechat compatible', 'zh-CN'],
];

describe.each(ways)('over %s, by numbers, in %s', (over, locale) => {
  const dialogues = dialoguesIn(locale).filter(({ text }) => !ELSEWHERE.test(text));

  test('most dialogues can be had there', () => {
    expect(dialogues.length).toBeGreaterThan(20);
  });

  for (const { name, text } of dialogues) test(name, { timeout: 120_000 }, () => perform(locale, name, text, () => undefined, over));
});

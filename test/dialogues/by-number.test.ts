import { describe, expect, test } from 'vitest';
import { dialoguesIn, perform } from './perform.ts';

/** What only a page or a messenger has: old buttons, words changed or answered later, fields to look up by, files lost on the way, the next release. */
const ON_BUTTONS =
  /\[late: |\((an old button|edits|answers it|wants sealed|looks up|photo that|sends \d+|big photo)|not-reached|a new release/;

describe('without buttons, by words and numbers alone', () => {
  const dialogues = dialoguesIn('zh-CN').filter(({ text }) => !ON_BUTTONS.test(text));

  test('all but a few dialogues can be had', () => {
    expect(dialogues.length).toBeGreaterThan(dialoguesIn('zh-CN').length - 17);
  });

  for (const { name, text } of dialogues) test(name, { timeout: 120_000 }, () => perform('zh-CN', name, text, () => undefined, 'pull'));
});

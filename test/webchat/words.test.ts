import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import en from '../../locales/en/webchat.json' with { type: 'json' };
import zh from '../../locales/zh-CN/webchat.json' with { type: 'json' };
import { FILE_BYTES, FILES_AT_ONCE, TEXT_LIMIT } from '../../src/channels/web/contract.ts';
import { dayOf, fill, isLocale, localeOfBrowser, otherLocale } from '../../src/webchat/words.ts';

const page = join(import.meta.dirname, '../../src/webchat');
const sources = readdirSync(page, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(page, name), 'utf8'));
const code = sources.join('\n');

const flat = (words: object, before = ''): [string, string][] =>
  Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${before}${name}`, value] as [string, string]] : flat(value, `${before}${name}.`),
  );
const values = (words: string) => [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe('the words of the page', () => {
  test('are whole in both languages, with the same values in their places', () => {
    const [chinese, english] = [flat(zh), new Map(flat(en))];
    expect(chinese.map(([key]) => key)).toEqual([...english.keys()]);
    expect(chinese.length).toBeGreaterThan(100);
    for (const [key, words] of chinese) {
      expect([key, values(words)]).toEqual([key, values(english.get(key) ?? '')]);
      expect(words.trim()).not.toBe('');
    }
  });

  test('are all said somewhere', () => {
    const unsaid = flat(zh).filter(([key]) => {
      const last = key.split('.').at(-1) ?? '';
      return !new RegExp(`[.'"\`]${last}\\b`).test(code) && !key.startsWith('door.');
    });
    expect(unsaid.map(([key]) => key)).toEqual([]);
  });

  test('take the language of the browser, Chinese where it speaks neither', () => {
    expect(localeOfBrowser(['en-GB', 'zh'])).toBe('en');
    expect(localeOfBrowser(['fr', 'zh-TW', 'en'])).toBe('zh-CN');
    expect(localeOfBrowser(['ug'])).toBe('zh-CN');
    expect(localeOfBrowser([])).toBe('zh-CN');
    expect([otherLocale('en'), otherLocale('zh-CN')]).toEqual(['zh-CN', 'en']);
    expect([isLocale('en'), isLocale('toString'), isLocale(undefined)]).toEqual([true, false, false]);
  });

  test('hold their values, and a day as people say it', () => {
    expect(fill('还多 {{count}} 个字', { count: 3 })).toBe('还多 3 个字');
    expect(fill('{{none}}', {})).toBe('{{none}}');
    const now = new Date(2026, 2, 10, 9).getTime();
    expect(dayOf(new Date(2026, 2, 10, 0, 1).getTime(), now, 'zh-CN')).toBe('今天');
    expect(dayOf(new Date(2026, 2, 9, 23).getTime(), now, 'en')).toBe('Yesterday');
    expect(dayOf(new Date(2026, 1, 3).getTime(), now, 'zh-CN')).toBe('2月3日周二');
    expect(dayOf(new Date(2025, 1, 3).getTime(), now, 'en')).toBe('Mon, February 3, 2025');
  });
});

test('the page keeps the limits of its channel', () => {
  const constant = (name: string) => new RegExp(`${name} = ([\\d_ *]+);`).exec(code)?.[1]?.replaceAll('_', '') ?? '';
  const product = (text: string) => text.split('*').reduce((all, one) => all * Number(one), 1);
  expect(product(constant('TEXT_LIMIT'))).toBe(TEXT_LIMIT);
  expect(product(constant('PHOTOS_AT_ONCE'))).toBe(FILES_AT_ONCE);
  expect(product(constant('PHOTO_BYTES'))).toBe(FILE_BYTES);
});

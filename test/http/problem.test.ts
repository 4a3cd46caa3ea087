import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Refused, refusals } from '../../src/domain/refusal.ts';
import { localeOf } from '../../src/http/problem/locale.ts';
import { problemOf } from '../../src/http/problem/problem.ts';
import { validatorCompiler, type Wrong } from '../../src/http/problem/validation.ts';
import { problem } from '../../src/http/views/problem.ts';
import { loadWords } from '../../src/i18n.ts';

const words = loadWords(fileURLToPath(new URL('../../locales', import.meta.url)));

test.each(words.locales)('every refusal has words in %s', (locale) => {
  for (const code of refusals) {
    const shown = problemOf(new Refused(code), words, locale);
    expect(problem.safeParse(shown).success).toBe(true);
    expect(shown.title).not.toBe('');
    expect(shown.detail).not.toBe('');
  }
});

test('an unexpected error tells nothing but that it happened', () => {
  expect(problemOf(new Refused('internal', {}, { cause: new Error('张三的电话') }), words, 'en')).toEqual({
    type: 'urn:tiexin:problem:internal',
    title: 'Something went wrong',
    status: 500,
    code: 'internal',
    detail: 'The fault is ours and has been noted. Please try again later.',
  });
});

test('a step that is someone else’s names who can take it, in the reader’s language', () => {
  const refused = new Refused('not-your-step', { who: 'lead' });
  expect(problemOf(refused, words, 'zh-CN').detail).toBe('这一步由带班领导来做。');
  expect(problemOf(refused, words, 'en')).toMatchObject({ who: 'a lead', detail: 'This step is for: a lead.' });
  expect(problemOf(new Refused('not-your-step', { who: '李建国' }), words, 'zh-CN').detail).toBe('这一步由李建国来做。');
});

test.each([
  [undefined, 'zh-CN'],
  ['', 'zh-CN'],
  ['en', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['fr-FR, en;q=0.5, zh;q=0.8', 'zh-CN'],
  ['zh-TW', 'zh-CN'],
  ['*', 'zh-CN'],
  ['en;q=0, zh', 'zh-CN'],
  ['de', 'zh-CN'],
  [';;;,,,=q', 'zh-CN'],
])('Accept-Language %j is read as %s', (header, locale) => {
  expect(localeOf(header, words.locales, 'zh-CN')).toBe(locale);
});

const body = z.object({
  text: z.string().min(2).max(4),
  level: z.number().int().max(5),
  kind: z.enum(['a', 'b']),
  days: z.array(z.string()).max(1),
  code: z.string().regex(/^x/),
});

function wrongIn(data: unknown, httpPart = 'body'): readonly Wrong[] {
  const read = validatorCompiler({ schema: body, method: 'POST', url: '/', httpPart })(data) as { error?: unknown };
  if (!(read.error instanceof Refused)) throw new Error('it fits');
  return read.error.detail.wrong as readonly Wrong[];
}

test('what does not fit is named place by place', () => {
  expect(wrongIn({ text: 'a', level: 9, kind: 'c', days: ['a', 'b'], code: 'y' })).toEqual([
    { pointer: '/text', wrong: 'short', values: { limit: 2 } },
    { pointer: '/level', wrong: 'big', values: { limit: 5 } },
    { pointer: '/kind', wrong: 'choice' },
    { pointer: '/days', wrong: 'many', values: { limit: 1 } },
    { pointer: '/code', wrong: 'format' },
  ]);
  expect(wrongIn({ text: 7 }).map(({ pointer, wrong }) => `${pointer} ${wrong}`)).toEqual([
    '/text type',
    '/level missing',
    '/kind missing',
    '/days missing',
    '/code missing',
  ]);
  expect(wrongIn({ text: 'abcde', level: 1, kind: 'a', days: [], code: 'x' }, 'querystring')).toEqual([
    { pointer: '?text', wrong: 'long', values: { limit: 4 } },
  ]);
});

test('half a character and a NUL are refused before anything else is looked at', () => {
  expect(wrongIn({ text: '\ud800' })).toEqual([{ pointer: '/text', wrong: 'characters' }]);
  expect(wrongIn({ days: ['a', 'b\0'] })).toEqual([{ pointer: '/days/1', wrong: 'characters' }]);
  expect(wrongIn({ 'a\udfff': 1 })).toEqual([{ pointer: '', wrong: 'characters' }]);
  expect(wrongIn({ text: '👮🏽‍♀️👮' }).map(({ wrong }) => wrong)).not.toContain('characters');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../../src/channels/wechat/envelope/json.ts';
import { refusalOf } from './request.ts';
import { official_secure_post } from './vectors.ts';

const refusal = (text: string) => refusalOf(() => readJson(text));

describe('read', () => {
  test('the vendor’s own', () => {
    expect(readJson(official_secure_post.plain)).toEqual({
      ToUserName: 'gh_97417a04a28d',
      FromUserName: 'o9AgO5Kd5ggOC-bXrbNODIiE3bGY',
      CreateTime: '1714112445',
      MsgType: 'event',
      Event: 'debug_demo',
      debug_str: 'hello world',
    });
  });

  test.each(['9223372036854775807', '24000000000000001', '9007199254740993', '0', '-0', '1.10', '1e3', '1E+400', '-12.5e-3'])(
    'the number %s keeps every character',
    (digits) => expect(readJson(`{"MsgId":${digits},"deep":[{"id": ${digits} }]}`)).toEqual({ MsgId: digits, deep: [{ id: digits }] }),
  );

  test('a number in a text is left alone, and so is what looks like the end of one', () => {
    expect(readJson('{"a":"1, \\"b\\": 9007199254740993 }","c":"\\\\"}')).toEqual({ a: '1, "b": 9007199254740993 }', c: '\\' });
  });

  test('words that are no text', () => {
    expect(readJson('{"a":true,"b":false,"c":null,"d":{},"e":[],"f":""}')).toEqual({ a: 'true', b: 'false', c: '', d: {}, e: [], f: '' });
  });

  test('escapes, emoji and space between', () => {
    expect(readJson(' {\t"a"\n:\r"\\u697c\\ud83d\\ude00\\n\\/" , "楼下":"😀" } ')).toEqual({ a: '楼😀\n/', 楼下: '😀' });
  });

  test('whatever JSON writes, every leaf a string', () => {
    const leaves = (value: unknown): unknown => {
      if (value === null) return '';
      if (Array.isArray(value)) return value.map(leaves);
      if (typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, leaves(inner)]));
      return typeof value === 'string' ? value : JSON.stringify(value);
    };
    const anything = fc.dictionary(
      fc.string({ unit: 'grapheme' }),
      fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }).filter((value) => !JSON.stringify(value).includes('\\u0000')),
    );
    fc.assert(
      fc.property(anything, fc.constantFrom(0, 2), (value, space) => {
        expect(readJson(JSON.stringify(value, undefined, space))).toEqual(leaves(JSON.parse(JSON.stringify(value))));
      }),
      { numRuns: 500 },
    );
  });
});

describe('refused', () => {
  test.each([
    '{',
    '}',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{,"a":1}',
    '{"a":1 "b":2}',
    '{"a":1}}',
    '{"a":1}{"b":2}',
    '{"a":1} x',
    '{a:1}',
    "{'a':1}",
    '{1:1}',
    '{"a":[1,]}',
    '{"a":[1}',
    '{"a":[}',
    '{"a":]}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":+1}',
    '{"a":-}',
    '{"a":0x1}',
    '{"a":NaN}',
    '{"a":Infinity}',
    '{"a":True}',
    '{"a":undefined}',
    '{"a":nul}',
    '{"a":"\n"}',
    '{"a":"\\x41"}',
    '{"a":"\\u12"}',
    '{"a":"',
    '{"a":1}//',
    '{"a":/**/1}',
    '{"a":1e}',
    '{"a" "b"}',
    '{"a"::1}',
    '{:1}',
    '{"a":truefalse}',
    '{"a":1\u00a0}',
  ])('%j', (text) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(refusal(text)).toBe('malformed: json');
  });

  test.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":1}',
    '{"b":{"a":1,"c":2,"a":1}}',
    '{"__proto__":1,"__proto__":2}',
    '{"Encrypt":"x","Encrypt":"y"}',
  ])('%j, told twice', (text) => expect(refusal(text)).toBe('malformed: told-twice'));
});

describe('depth', () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  test('of ten is read', () => expect(readJson(nested(10))).toEqual(JSON.parse(nested(10).replace('1', '"1"'))));
  test.each([11, 100, 20_000])('of %i is refused', (depth) => expect(refusal(nested(depth))).toBe('malformed: depth'));
  test('of lists is counted too', () => {
    expect(readJson(`{"a":${'['.repeat(9)}${']'.repeat(9)}}`)).toEqual(JSON.parse(`{"a":${'['.repeat(9)}${']'.repeat(9)}}`));
    expect(refusal(`{"a":${'['.repeat(10)}${']'.repeat(10)}}`)).toBe('malformed: depth');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBody } from '../../../../src/channels/wechat/envelope/body.ts';
import { type Message, textOf } from '../../../../src/channels/wechat/envelope/message.ts';
import { refusalOf } from './request.ts';

const read = (body: string | Uint8Array) => readBody(Buffer.from(body)).message;
const refusal = (body: string | Uint8Array) => refusalOf(() => read(body));
const xml = (inner: string) => `<xml>${inner}</xml>`;

describe('either format', () => {
  test('is told by its first character', () => {
    expect(readBody(Buffer.from(' \n<xml><a>1</a></xml>'))).toEqual({ format: 'xml', message: { a: '1' } });
    expect(readBody(Buffer.from('\r\n{"a":1}'))).toEqual({ format: 'json', message: { a: '1' } });
    expect(readBody(Buffer.from('\ufeff{"a":1}')).format).toBe('json');
  });

  test.each(['', ' ', 'success', '[1]', '"text"', '1', 'null', 'a=1&b=2', '--boundary'])('%j is neither', (body) => {
    expect(refusal(body)).toBe('malformed: unknown-format');
  });

  test('is read up to 256 KB, and not a byte beyond', () => {
    const room = 256 * 1024;
    const asXml = (size: number) => xml(`<a>${'x'.repeat(size - 18)}</a>`);
    const asJson = (size: number) => `{"a":"${'x'.repeat(size - 8)}"}`;
    for (const written of [asXml, asJson]) {
      expect(Buffer.byteLength(written(room))).toBe(room);
      expect(textOf(read(written(room)), 'a')).toMatch(/^x+$/);
      expect(refusal(written(room + 1))).toBe('malformed: too-large');
    }
    expect(refusal(xml(`<a>${'好'.repeat(87_400)}</a>`))).toBe('malformed: too-large');
  });

  test.each([
    ['bytes that are no UTF-8', Buffer.from([0x3c, 0x78, 0x6d, 0x6c, 0x3e, 0xff, 0xfe])],
    ['half a character', Buffer.from(xml('<a>好</a>')).subarray(0, 10)],
    ['another encoding', Buffer.from(xml('<a>hi</a>'), 'utf16le')],
    ['a null byte', xml('<a>one\0two</a>')],
    ['a null byte in a name', xml('<a\0>one</a\0>')],
    ['a null byte in JSON', '{"a":"one\0two"}'],
    ['an escaped null byte in JSON', '{"a":"one\\u0000two"}'],
    ['an escaped null byte in a JSON name', '{"a\\u0000":"one"}'],
  ])('%s is refused', (_name, body) => expect(refusal(body)).toBe('malformed: encoding'));

  test('no refusal repeats a word of the body', () => {
    for (const body of ['<xml><a>secret</b></xml>', '<xml><a>&secret;</a></xml>', '{"a":secret}', 'secret'])
      expect(refusal(body)).not.toContain('secret');
  });

  test('any text at all is read or refused by name, and quickly', () => {
    const soup = fc.array(
      fc.constantFrom(
        '<',
        '>',
        '/',
        '<xml>',
        '</xml>',
        '<a>',
        '</a>',
        '<![CDATA[',
        ']]>',
        '<!',
        '<?',
        '&',
        ';',
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ':',
        ',',
        '1',
        'x',
        ' ',
      ),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          soup.map((pieces) => pieces.join('')),
          soup.map((pieces) => xml(pieces.join(''))),
          fc.string({ unit: 'binary' }),
        ),
        (body) => {
          try {
            expect(typeof read(body)).toBe('object');
          } catch (error) {
            expect(String(error)).toMatch(/^Malformed: malformed: /);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['CDATA that never ends', `<xml>${'<![CDATA['.repeat(29_000)}`],
    ['tags that never end', `<xml>${'<a'.repeat(130_000)}`],
    ['a name that never ends', `<${'a'.repeat(260_000)}`],
    ['space that never ends', `<a${' '.repeat(260_000)}`],
    ['ampersands', xml(`<a>${'&'.repeat(260_000)}</a>`)],
    ['tags opened 80,000 times', '<a>'.repeat(80_000)],
    ['elements side by side', xml(`<a>${'<b/>'.repeat(65_000)}</a>`)],
    ['brackets opened 200,000 times', `{"a":${'['.repeat(200_000)}`],
    ['objects opened 40,000 times', '{"a":'.repeat(40_000)],
    ['a string that never ends', `{"a":"${'\\"'.repeat(130_000)}`],
    ['a number of 200,000 digits', `{"a":${'9'.repeat(200_000)}`],
    ['commas', `{"a":[${'1,'.repeat(130_000)}`],
  ])('a quarter megabyte of %s costs less than a second', (_name, body) => {
    const started = performance.now();
    try {
      read(body);
    } catch (error) {
      expect(String(error)).toMatch(/^Malformed/);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('a field', () => {
  const message = read(xml('<a> padded\n</a><empty></empty><self/><nested><b>1</b></nested>'));
  test('is read without the space around it', () => expect(textOf(message, 'a')).toBe('padded'));
  test.each(['empty', 'self', 'nested', 'missing', '__proto__', 'constructor', 'toString'])('%s holds no text', (field) => {
    expect(textOf(message, field)).toBeUndefined();
  });
});

const fieldsOf = (message: Message) => Object.entries(message);

describe('names that mean something to JavaScript', () => {
  const names = ['toString', 'valueOf', 'hasOwnProperty', '__defineGetter__', 'then', 'length'];
  test.each(names)('<%s> is a field like any other', (name) => {
    expect(fieldsOf(read(xml(`<${name}>1</${name}>`)))).toEqual([[name, '1']]);
    expect(fieldsOf(read(xml(`<a><${name}>1</${name}></a>`)).a as Message)).toEqual([[name, '1']]);
  });
  test.each(['__proto__', 'constructor', 'prototype'])('<%s> is refused', (name) => {
    expect(refusal(xml(`<${name}><polluted>1</polluted></${name}>`))).toBe('malformed: markup');
    expect(refusal(xml(`<a><${name}>1</${name}></a>`))).toBe('malformed: markup');
  });
  test.each([...names, '__proto__', 'constructor', 'prototype'])('the key "%s" is a field like any other', (name) => {
    const message = read(`{"${name}":{"polluted":"1"},"a":{"${name}":2}}`);
    expect(fieldsOf(message).map(([field]) => field)).toEqual([name, 'a']);
    expect(fieldsOf(message.a as Message)).toEqual([[name, '2']]);
  });
  test('no prototype is touched, and none is had', () => {
    const message = read('{"__proto__":{"polluted":"1"},"constructor":{"prototype":{"polluted":"1"}}}');
    expect(Object.getPrototypeOf(message)).toBeNull();
    expect('polluted' in {}).toBe(false);
    expect(Object.getPrototypeOf(read(xml('<a>1</a>')))).toBeNull();
  });
});

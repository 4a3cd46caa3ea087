import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../../src/channels/wechat/envelope/json.ts';
import { textReply } from '../../../../src/channels/wechat/envelope/reply.ts';
import { readXml } from '../../../../src/channels/wechat/envelope/xml.ts';
import { inJson, NOW, OPENID, open, openReply, plainRequest, plainSettings, secureRequest, secureSettings, textXml } from './request.ts';
import { official_secure_reply } from './vectors.ts';

const reply = (text: string) => ({ to: OPENID, from: 'gh_test', text, at: NOW + 999 });

describe('a text in XML', () => {
  test.each([
    ['that ends the section', 'a]]>b'],
    ['that ends it twice', ']]>]]>'],
    ['that almost ends it', ']]]]>>]]'],
    ['that adds a field', ']]></Content><ToUserName><![CDATA[other]]></ToUserName><Content><![CDATA['],
    ['of markup', '<a href="https://example.cn">&amp;</a>'],
    ['of emoji', '👨‍👩‍👧‍👦😀'],
    ['of lines', 'one\ntwo\tthree'],
  ])('%s is one field', (_name, text) => {
    expect(readXml(textReply(reply(text), 'xml'))).toEqual({
      ToUserName: OPENID,
      FromUserName: 'gh_test',
      CreateTime: '1714112445',
      MsgType: 'text',
      Content: text,
    });
  });
});

test.each(['xml', 'json'] as const)('what %s can’t carry is left out, not the reply', (format) => {
  const written = textReply(reply('a\u0000b\u0008c\u001fd\ufffee\ud800f\udc00😀'), format);
  const read = format === 'xml' ? readXml(written) : readJson(written);
  expect(read.Content).toBe('abcdef😀');
});

describe('any words at all', () => {
  const words = fc.string({ unit: 'grapheme', maxLength: 300 }).filter((text) => !/[\p{Cc}\ufffe\uffff]/u.test(text));

  test.each(['xml', 'json'] as const)('come back from a plain %s reply', (format) => {
    fc.assert(
      fc.property(words, (text) => {
        const written = textReply(reply(text), format);
        expect((format === 'xml' ? readXml : readJson)(written).Content).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  test('come in and go out sealed, both ways through another’s hands', () => {
    fc.assert(
      fc.property(words, fc.boolean(), (text, asJson) => {
        const said = asJson
          ? JSON.stringify({ ToUserName: 'gh_test', FromUserName: OPENID, Content: text })
          : textXml(text.replaceAll(']]>', ']]]]><![CDATA[>'));
        const { message, seal } = open(secureRequest(said, asJson ? { wrap: inJson } : {}), secureSettings);
        expect(message.Content).toBe(text);
        const outer = (asJson ? readJson : readXml)(seal(text, OPENID)) as Record<string, string>;
        const { Encrypt: encrypt = '', MsgSignature: signature = '', TimeStamp: timestamp = '', Nonce: nonce = '' } = outer;
        const { message: inner, id } = openReply({ encrypt, signature, timestamp, nonce });
        expect(id).toBe(secureSettings.appId);
        expect((asJson ? readJson : readXml)(inner)).toMatchObject({ ToUserName: OPENID, FromUserName: 'gh_test', Content: text });
      }),
      { numRuns: 300 },
    );
  });

  test('come in plain', () => {
    fc.assert(
      fc.property(words, (text) => {
        const body = JSON.stringify({ Content: text });
        expect(open(plainRequest(body), plainSettings).message.Content).toBe(text);
      }),
    );
  });
});

test('a sealed JSON reply has the fields of the vendor’s example, its time a number', () => {
  const { seal } = open(secureRequest('{"ToUserName":"gh_test"}', { wrap: inJson }), secureSettings);
  const written: Record<string, unknown> = JSON.parse(seal('good luck', OPENID));
  expect(Object.keys(written)).toEqual(['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce']);
  expect(written.TimeStamp).toBe(1714112445);
  expect(typeof written.Nonce).toBe('string');
  expect(Object.keys(official_secure_reply)).toEqual(expect.arrayContaining(['encrypt', 'msgSignature', 'timestamp', 'nonce']));
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readXml } from '../../../../src/channels/wechat/envelope/xml.ts';
import { refusalOf } from './request.ts';

const xml = (inner: string) => `<xml>${inner}</xml>`;
const refusal = (text: string) => refusalOf(() => readXml(text));

describe('read', () => {
  test('a menu event, its pictures as they nest', () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>
      <xml>
        <MsgType><![CDATA[event]]></MsgType>
        <Event><![CDATA[pic_sysphoto]]></Event>
        <SendPicsInfo>
          <Count>2</Count>
          <PicList>
            <item><PicMd5Sum><![CDATA[1b5f]]></PicMd5Sum></item>
            <item><PicMd5Sum><![CDATA[2c6e]]></PicMd5Sum></item>
          </PicList>
        </SendPicsInfo>
        <SendLocationInfo><Label/></SendLocationInfo>
      </xml>`;
    expect(readXml(text)).toEqual({
      MsgType: 'event',
      Event: 'pic_sysphoto',
      SendPicsInfo: { Count: '2', PicList: { item: [{ PicMd5Sum: '1b5f' }, { PicMd5Sum: '2c6e' }] } },
      SendLocationInfo: { Label: '' },
    });
  });

  test.each(['9223372036854775807', '24000000000000001', '007', '1e3', '0x1F', '-0', '1.10', 'true', 'NaN', '+1'])(
    '%s keeps every character',
    (digits) => {
      expect(readXml(xml(`<MsgId>${digits}</MsgId>`))).toEqual({ MsgId: digits });
      expect(readXml(xml(`<MsgId><![CDATA[${digits}]]></MsgId>`))).toEqual({ MsgId: digits });
    },
  );

  test.each([
    ['a resident’s DOCTYPE', '<!DOCTYPE html><p>&nbsp;</p>'],
    ['a resident’s comment', '<!-- -->'],
    ['what ends no section', ']] > ]]&gt;'],
    ['what opens one', '<![CDATA['],
    ['references, unread', '&lt;&amp;lt;&#65;&xxe;'],
    ['emoji of four parts', '👨‍👩‍👧‍👦🇨🇳'],
    ['lines', 'one\ntwo'],
    ['control characters', 'a\u0001\u0008b'],
    ['words written the other way', '\u202ecod.exe'],
  ])('in CDATA, %s', (_name, words) => expect(readXml(xml(`<a><![CDATA[${words}]]></a>`))).toEqual({ a: words }));

  test('space around words, which is theirs', () => expect(readXml(xml('<a> one\n</a>'))).toEqual({ a: ' one\n' }));

  test('several sections and the text between them, in their order', () => {
    expect(readXml(xml('<a>1<![CDATA[<2>]]>3<![CDATA[]]]]><![CDATA[>]]>&lt;</a>'))).toEqual({ a: '1<2>3]]><' });
  });

  test('the five entities, once', () => {
    expect(readXml(xml('<a>&lt;&gt;&amp;&quot;&apos;&amp;lt;</a>'))).toEqual({ a: '<>&"\'&lt;' });
  });

  test('any words that XML can write come back from CDATA', () => {
    const words = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(']]>', '').replaceAll('\r', ''));
    fc.assert(
      fc.property(words, (text) => {
        expect(readXml(xml(`<a><![CDATA[${text}]]></a>`))).toEqual({ a: text });
      }),
    );
  });
});

describe('refused as markup', () => {
  const external = '<!DOCTYPE xml [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>';
  test.each([
    ['an external entity', `${external}${xml('<a>&xxe;</a>')}`],
    ['an external entity behind a declaration', `<?xml version="1.0"?>${external}${xml('<a>&xxe;</a>')}`],
    ['a DOCTYPE that defines nothing', `<!DOCTYPE xml>${xml('<a>1</a>')}`],
    ['a DOCTYPE in small letters', `<!doctype xml>${xml('<a>1</a>')}`],
    ['a DOCTYPE inside', xml(`<a>1</a>${external}`)],
    ['a DOCTYPE at the end', `${xml('<a>1</a>')}<!DOCTYPE xml>`],
    ['a DOCTYPE from elsewhere', `<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd">${xml('<a>1</a>')}`],
    ['a parameter entity', `<!DOCTYPE xml [<!ENTITY % p "<!ENTITY a 'b'>"> %p;]>${xml('<a>1</a>')}`],
    [
      'a billion laughs',
      `<!DOCTYPE xml [<!ENTITY a "ha">${[...'bcdefghij'].map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('')}]>${xml('<a>&j;</a>')}`,
    ],
    ['a DOCTYPE that a comment makes look like CDATA', `<!-- <![CDATA[ -->${external}${xml('<a>]]></a>')}`],
    ['a DOCTYPE that an attribute makes look like CDATA', `<xml a="<![CDATA["><!DOCTYPE xml><a>]]></a></xml>`],
    ['a DOCTYPE that an instruction makes look like CDATA', `<?xml <![CDATA[ ?><!DOCTYPE xml>${xml('<a>]]></a>')}`],
    ['a comment', xml('<a>1<!-- 2 --></a>')],
    ['an instruction', `${xml('<?php echo 1 ?><a>1</a>')}`],
    ['a stylesheet', `<?xml-stylesheet href="x"?>${xml('<a>1</a>')}`],
    ['a second declaration', xml('<?xml version="1.0"?><a>1</a>')],
    ['an attribute', xml('<a b="1">1</a>')],
    ['a name space', xml('<b:a>1</b:a>')],
    ['a name no tag has', xml('<1>1</1>')],
    ['another root', '<html><a>1</a></html>'],
    ['two roots', `${xml('<a>1</a>')}${xml('<a>2</a>')}`],
    ['two roots, one of them empty', `<xml/>${xml('<a>2</a>')}`],
    ['text before the root', `words${xml('<a>1</a>')}`],
    ['text after the root', `${xml('<a>1</a>')}words`],
    ['CDATA outside', `<![CDATA[words]]>${xml('<a>1</a>')}`],
    ['a tag that never closes', '<xml><a>1</xml>'],
    ['a root that never closes', '<xml><a>1</a>'],
    ['tags that cross', xml('<a><b>1</a></b>')],
    ['one close too many', `${xml('<a>1</a>')}</xml>`],
    ['CDATA that never ends', '<xml><a><![CDATA[1</a></xml>'],
    ['cdata in small letters', xml('<a><![cdata[1]]></a>')],
    ['words among elements', xml('<a>words<b>1</b></a>')],
    ['words among fields', xml('words<a>1</a>')],
    ['no fields, only words', xml('words')],
    ['half a tag', '<xml><a>1</a></xml'],
    ['a lone bracket', xml('<a>1 < 2</a>')],
  ])('%s', (_name, text) => expect(refusal(text)).toBe('malformed: markup'));
});

test.each(['&xxe;', '&nbsp;', '&#65;', '&#x41;', '&__proto__;', '&constructor;'])('%s is no entity of the five', (reference) => {
  expect(refusal(xml(`<a>${reference}</a>`))).toMatch(/^malformed: (entity|markup)$/);
});
test.each(['&', '& ', '&;', '&lt', 'a & b', '&&lt;'])('%j is no reference at all', (text) => {
  expect(refusal(xml(`<a>${text}</a>`))).toMatch(/^malformed: (entity|markup)$/);
});

describe('depth', () => {
  const nested = (depth: number) => `${'<xml>'.repeat(depth)}1${'</xml>'.repeat(depth)}`;
  test('of ten is read', () => {
    let part: unknown = readXml(nested(10));
    for (let depth = 1; depth < 10; depth++) part = (part as Record<string, unknown>).xml;
    expect(part).toBe('1');
  });
  test.each([11, 100, 20_000])('of %i is refused', (depth) => expect(refusal(nested(depth))).toBe('malformed: depth'));
});

test('5,000 tags are read, and not one more', () => {
  const list = (items: number) => xml(`<a>${'<b/>'.repeat(items)}</a>`);
  expect(readXml(list(4_996)).a).toEqual({ b: Array.from({ length: 4_996 }, () => '') });
  expect(refusal(list(4_997))).toBe('malformed: too-large');
});

describe('told twice', () => {
  test.each([
    '<FromUserName>a</FromUserName><FromUserName>b</FromUserName>',
    '<Encrypt>a</Encrypt><b>1</b><Encrypt>a</Encrypt>',
    '<a/><a/>',
  ])('%s at the top is refused: which one would count?', (inner) => expect(refusal(xml(inner))).toBe('malformed: told-twice'));
  test('further in it is a list', () => {
    expect(readXml(xml('<list><item>1</item><other>x</other><item>2</item><item/></list>'))).toEqual({
      list: { item: ['1', '2', ''], other: 'x' },
    });
  });
});

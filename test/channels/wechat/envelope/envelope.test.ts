import { describe, expect, test } from 'vitest';
import { openRequest, verify } from '../../../../src/channels/wechat/envelope/envelope.ts';
import { createFreshness } from '../../../../src/channels/wechat/envelope/freshness.ts';
import { readJson } from '../../../../src/channels/wechat/envelope/json.ts';
import { readXml } from '../../../../src/channels/wechat/envelope/xml.ts';
import {
  inJson,
  inXml,
  KEY,
  NOW,
  OLD_KEY,
  OPENID,
  open,
  openReply,
  plainRequest,
  plainSettings,
  refusalOf,
  secureRequest,
  secureSettings,
  textXml,
} from './request.ts';
import { official_get, official_plain_post, official_secure_post, own } from './vectors.ts';

describe("the vendor's worked example", () => {
  test('answers the verification with its echostr', () => {
    const { token, ...query } = official_get;
    expect(verify(query, { token })).toBe('4375120948345356249');
  });

  test('opens the plain post', () => {
    const { token, timestamp, nonce, signature, body } = official_plain_post;
    const request = { query: { timestamp, nonce, signature }, body: Buffer.from(JSON.stringify(body)) };
    const { message, mode } = open(request, { token, appId: 'wxba5fad812f8e6fb9' }, Number(timestamp) * 1000);
    expect(mode).toBe('plain');
    expect(message).toEqual({
      ToUserName: 'gh_97417a04a28d',
      FromUserName: 'o9AgO5Kd5ggOC-bXrbNODIiE3bGY',
      CreateTime: '1714037059',
      MsgType: 'event',
      Event: 'debug_demo',
      debug_str: 'hello world',
    });
  });

  test.each([
    ['JSON', inJson],
    ['XML', inXml],
  ])('opens the secure post in %s', (_name, wrap) => {
    const { token, encodingAesKey, appid, timestamp, nonce, signature, msgSignature, encrypt } = official_secure_post;
    const query = { signature, timestamp, nonce, openid: 'o9AgO5Kd5ggOC-bXrbNODIiE3bGY', encrypt_type: 'aes', msg_signature: msgSignature };
    const { message, mode } = open({ query, body: Buffer.from(wrap(encrypt)) }, { token, appId: appid, encodingAesKey });
    expect(mode).toBe('secure');
    expect(message).toMatchObject({ CreateTime: '1714112445', Event: 'debug_demo', debug_str: 'hello world' });
  });
});

describe('our own vectors', () => {
  const opened = (name: string) => {
    const { token, encodingAesKey, appid, timestamp, nonce, encrypt, msgSignature } = own(name);
    const { query } = plainRequest('', { token, timestamp, nonce });
    const request = { query: { ...query, encrypt_type: 'aes', msg_signature: msgSignature }, body: Buffer.from(inXml(encrypt)) };
    return open(request, { token, appId: appid, encodingAesKey }, 1_700_000_001_000).message;
  };

  test('Chinese with an emoji is read whole, and a MsgId keeps its digits', () => {
    expect(opened('chinese_xml_with_emoji')).toMatchObject({ Content: '楼下夜里吵闹，麻烦管一管😀', MsgId: '24000000000000001' });
  });
  test("another account's message is refused", () => expect(refusalOf(() => opened('wrong_appid'))).toBe('forged: appid'));
  test('a length beyond the end is refused', () => expect(refusalOf(() => opened('msg_len_overrun'))).toBe('forged: length'));
});

describe('modes', () => {
  test('in compatible mode the encrypted message counts, not the plain one beside it', () => {
    const wrap = (encrypt: string) => textXml('forged', `<Encrypt><![CDATA[${encrypt}]]></Encrypt>`);
    const { message, mode } = open(secureRequest(textXml('true'), { wrap }), secureSettings);
    expect(mode).toBe('compatible');
    expect(message.Content).toBe('true');
  });

  test.each([
    ['with the right signature', plainRequest(textXml('hello'))],
    ['that says it is encrypted', { ...plainRequest(textXml('hello')), query: { ...plainRequest('').query, encrypt_type: 'aes' } }],
    ['with an empty ciphertext', plainRequest(textXml('hello', '<Encrypt></Encrypt>'))],
  ])('a plain message %s is refused once there is a key', (_name, request) => {
    expect(refusalOf(() => open(request, secureSettings))).toBe('malformed: plain-with-key');
  });

  test.each([
    ['secure', secureRequest(textXml('hello'))],
    ['compatible', secureRequest('', { wrap: (encrypt) => textXml('hello', `<Encrypt>${encrypt}</Encrypt>`) })],
    ['secure, its mode untold', { ...secureRequest(textXml('hello')), query: plainRequest('').query }],
    ['hidden', { ...plainRequest(textXml('hello')), query: { ...plainRequest('').query, encrypt_type: 'aes' } }],
  ])('without a key, a %s one is refused by a name that tells the operator why', (_name, request) => {
    expect(refusalOf(() => open(request, plainSettings))).toBe('malformed: encrypted-without-key');
  });

  test('a message under the previous key is taken while keys rotate, and answered under it', () => {
    const rotating = { ...secureSettings, encodingAesKey: KEY, previousEncodingAesKey: OLD_KEY };
    for (const key of [KEY, OLD_KEY]) {
      const { message, seal } = open(secureRequest(textXml('hello'), { key }), rotating);
      expect(message.Content).toBe('hello');
      expect(openSealed(seal('answer', OPENID), key).text).toMatchObject({ Content: 'answer' });
    }
    expect(refusalOf(() => open(secureRequest(textXml('hello'), { key: OLD_KEY }), secureSettings))).toMatch(/^forged: /);
  });
});

const openSealed = (reply: string, key = KEY) => {
  const outer = reply.startsWith('<') ? readXml(reply) : readJson(reply);
  const {
    Encrypt: encrypt = '',
    MsgSignature: signature = '',
    TimeStamp: timestamp = '',
    Nonce: nonce = '',
  } = outer as Record<string, string>;
  const { message, id } = openReply({ encrypt, signature, timestamp, nonce }, key);
  return { id, timestamp, nonce, text: message.startsWith('<') ? readXml(message) : readJson(message) };
};

describe('the reply', () => {
  const json = JSON.stringify({ ToUserName: 'gh_test', FromUserName: OPENID, MsgType: 'text', Content: 'hello' });
  const expected = { ToUserName: OPENID, FromUserName: 'gh_test', CreateTime: '1714112445', MsgType: 'text', Content: '您好]]>😀<&' };

  test('is plain XML to plain XML, word for word', () => {
    expect(open(plainRequest(textXml('hello')), plainSettings).seal('您好', OPENID)).toBe(
      '<xml><ToUserName><![CDATA[oResident_1]]></ToUserName><FromUserName><![CDATA[gh_test]]></FromUserName><CreateTime>1714112445</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[您好]]></Content></xml>',
    );
  });
  test('is plain JSON to plain JSON, its time a number', () => {
    expect(JSON.parse(open(plainRequest(json), plainSettings).seal('您好', OPENID))).toEqual({
      ToUserName: OPENID,
      FromUserName: 'gh_test',
      CreateTime: 1714112445,
      MsgType: 'text',
      Content: '您好',
    });
  });
  test.each([
    ['XML', secureRequest(textXml('hello')), '<'],
    ['JSON', secureRequest(json, { wrap: inJson }), '{'],
    ['compatible XML', secureRequest(textXml('hello'), { wrap: (encrypt) => textXml('hello', `<Encrypt>${encrypt}</Encrypt>`) }), '<'],
  ])('to sealed %s is sealed so that another can open it', (_name, request, first) => {
    const { seal } = open(request, secureSettings);
    const reply = seal('您好]]>😀<&', OPENID);
    expect(reply.slice(0, 1)).toBe(first);
    const { id, text, timestamp, nonce } = openSealed(reply);
    expect(id).toBe('wx0123456789abcdef');
    expect(text).toEqual(expected);
    expect(timestamp).toBe('1714112445');
    expect(nonce).toMatch(/^\d+$/);
    expect(nonce).not.toBe(openSealed(seal('您好', OPENID)).nonce);
  });
});

describe('seen before', () => {
  test("WeChat's own retry is opened again, a later replay is not", () => {
    const freshness = createFreshness();
    const request = secureRequest(textXml('hello'));
    const at = (ms: number) => () => openRequest(request, secureSettings, freshness, NOW + ms);
    expect(at(0)().message.Content).toBe('hello');
    expect(at(10_000)().message.Content).toBe('hello');
    expect(refusalOf(at(15_001))).toBe('forged: replayed');
  });

  test('a signature overheard in plain mode carries no other words', () => {
    const freshness = createFreshness();
    openRequest(plainRequest(textXml('mine')), plainSettings, freshness, NOW);
    expect(refusalOf(() => openRequest(plainRequest(textXml('theirs')), plainSettings, freshness, NOW + 1))).toBe('forged: replayed');
  });

  test('what is refused is not remembered: the true one that follows is opened', () => {
    const freshness = createFreshness();
    const strange = secureRequest(textXml('hello'), { appId: 'wxsomebodyelse' });
    expect(refusalOf(() => openRequest(strange, secureSettings, freshness, NOW))).toBe('forged: appid');
    expect(openRequest(secureRequest(textXml('hello')), secureSettings, freshness, NOW).mode).toBe('secure');
  });

  test('five minutes either way, and no more', () => {
    for (const ms of [-300_000, 300_000]) expect(open(plainRequest(textXml('hello')), plainSettings, NOW + ms).mode).toBe('plain');
    for (const ms of [-300_001, 300_001])
      expect(refusalOf(() => open(plainRequest(textXml('hello')), plainSettings, NOW + ms))).toBe('forged: stale');
  });
});

describe('the verification', () => {
  const { token, ...query } = official_get;
  test.each([
    ['without echostr', { ...query, echostr: undefined }, 'query'],
    ['with markup in it', { ...query, echostr: '<script>' }, 'query'],
    ['with a long one', { ...query, echostr: '1'.repeat(129) }, 'query'],
    ['with two', { ...query, echostr: ['1', '2'] }, 'query'],
    ['under another token', { ...query, signature: 'f464b24fc39322e44b38aa78f5edd27bd1441697' }, 'signature'],
  ])('%s is refused', (_name, asked, code) => expect(refusalOf(() => verify(asked, { token }))).toBe(`forged: ${code}`));
});

import { createCipheriv } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { describe, expect, test } from 'vitest';
import vectors from '../vectors/wechat.json' with { type: 'json' };
import { startWechat } from './account.ts';
import { type Agreement, letterOf, openedAnswer, signedQuery } from './envelope.ts';
import { readXml } from './xml.ts';

const { official_get: get, official_plain_post: plainPost, official_secure_post: post, official_secure_reply: reply } = vectors;
const agreement: Agreement = {
  appId: post.appid,
  originalId: 'gh_97417a04a28d',
  token: post.token,
  encodingAesKey: post.encodingAesKey,
  mode: 'secure',
  format: 'json',
};

describe('the vendor’s worked examples', () => {
  test('are signed by the oracle as the vendor signed them', () => {
    expect(getSignature(get.token, get.timestamp, get.nonce, '')).toBe(get.signature);
    expect(getSignature(plainPost.token, plainPost.timestamp, plainPost.nonce, '')).toBe(plainPost.signature);
    expect(getSignature(post.token, post.timestamp, post.nonce, '')).toBe(post.signature);
    expect(getSignature(post.token, post.timestamp, post.nonce, post.encrypt)).toBe(post.msgSignature);
    expect(getSignature(reply.token, reply.timestamp, reply.nonce, reply.encrypt)).toBe(reply.msgSignature);
  });

  test('are encrypted and decrypted by the oracle to the byte', () => {
    for (const { encodingAesKey, plain, appid, random16, encrypt: sealed } of [post, reply]) {
      expect(encrypt(encodingAesKey, plain, appid, Buffer.from(random16))).toBe(sealed);
      expect(decrypt(encodingAesKey, sealed)).toMatchObject({ message: plain, id: appid });
    }
  });

  test('of an answer is opened, and not where a letter of it was changed', () => {
    const answer = { Encrypt: reply.encrypt, MsgSignature: reply.msgSignature, TimeStamp: Number(reply.timestamp), Nonce: reply.nonce };
    expect(openedAnswer(agreement, JSON.stringify(answer))).toEqual({ demo_resp: 'good luck' });
    const broken = (change: object) => () => openedAnswer(agreement, JSON.stringify({ ...answer, ...change }));
    expect(broken({ MsgSignature: '0'.repeat(40) })).toThrow('MsgSignature');
    expect(broken({ Nonce: '1' })).toThrow('MsgSignature');
    expect(broken({ Encrypt: undefined })).toThrow('not encrypted');
  });
});

describe('an answer', () => {
  const wrapped = (sealed: string) => {
    const [TimeStamp, Nonce] = ['1700000001', '123456'];
    return JSON.stringify({ Encrypt: sealed, MsgSignature: getSignature(agreement.token, TimeStamp, Nonce, sealed), TimeStamp, Nonce });
  };

  test('of another app, or padded as nobody pads, is not opened', () => {
    expect(() => openedAnswer(agreement, wrapped(encrypt(agreement.encodingAesKey, '{}', 'wxother')))).toThrow('of the app «wxother»');
    const key = Buffer.from(`${agreement.encodingAesKey}=`, 'base64');
    const inner = Buffer.concat([Buffer.alloc(16, 'r'), Buffer.from([0, 0, 0, 2]), Buffer.from(`{}${agreement.appId}`)]);
    const padding = Buffer.alloc(32 - (inner.length % 32), 0);
    padding[padding.length - 1] = padding.length;
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const forged = Buffer.concat([cipher.update(Buffer.concat([inner, padding])), cipher.final()]).toString('base64');
    expect(decrypt(agreement.encodingAesKey, forged)).toMatchObject({ message: '{}', id: agreement.appId });
    expect(() => openedAnswer(agreement, wrapped(forged))).toThrow('padded wrongly');
  });
});

describe('a letter', () => {
  test('can be read with what both sides agreed on', () => {
    const { query, body } = letterOf({ ...agreement, format: 'xml' }, '<xml><A>1</A></xml>', 'oUser', 1_700_000_000_000);
    const at = (name: string) => new URLSearchParams(query).get(name) ?? '';
    expect([at('timestamp'), at('openid'), at('encrypt_type')]).toEqual(['1700000000', 'oUser', 'aes']);
    expect(at('signature')).toBe(getSignature(agreement.token, at('timestamp'), at('nonce'), ''));
    const { Encrypt = '' } = readXml(body) as Record<string, string>;
    expect(at('msg_signature')).toBe(getSignature(agreement.token, at('timestamp'), at('nonce'), Encrypt));
    expect(decrypt(agreement.encodingAesKey, Encrypt)).toMatchObject({ message: '<xml><A>1</A></xml>', id: agreement.appId });
  });

  test('can be forged by a test: another key, token, app or time', async () => {
    const account = await startWechat();
    const letter = account.letter({ MsgType: 'text', Content: '假' }, 'oUser', { token: 'guess', at: 0 });
    const asked = new URLSearchParams(letter.query);
    expect(asked.get('timestamp')).toBe('0');
    expect(asked.get('signature')).toBe(getSignature('guess', '0', asked.get('nonce') ?? '', ''));
    const foreign = readXml(account.letter('<xml></xml>', 'oUser', { appId: 'wxother' }).body) as Record<string, string>;
    expect(decrypt(account.encodingAesKey, foreign.Encrypt ?? '').id).toBe('wxother');
    await account.close();
  });

  test('of verification is signed with the token alone', () => {
    const asked = new URLSearchParams(signedQuery({ token: 'AAAAA' }, 1_714_036_504_000, { echostr: '42' }));
    expect(asked.get('signature')).toBe(getSignature('AAAAA', '1714036504', asked.get('nonce') ?? '', ''));
    expect(asked.get('echostr')).toBe('42');
  });
});

describe('an answer’s XML', () => {
  test('is read with its words, entities, sections and elements', () => {
    expect(readXml('<xml><A>1 &lt; 2 &amp;</A><B><![CDATA[<a>]]]]><![CDATA[>]]></B><C><D>x</D></C></xml>')).toEqual({
      A: '1 < 2 &',
      B: '<a>]]>',
      C: { D: 'x' },
    });
  });

  test.each([
    '',
    'success ',
    '<xml>',
    '<xml></xml>',
    '<xml><A></B></xml>',
    '<xml><A>1</A></xml><xml><A>1</A></xml>',
    '<!DOCTYPE x><xml><A>1</A></xml>',
    '<xml a="1"><A>1</A></xml>',
    ' <xml><A>1</A></xml>',
    '<xml><A>]]></A></xml>',
  ])('is not read where it is %j', (text) => {
    expect(() => readXml(text)).toThrow();
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { same, signatureOf, signedCiphertext, signedQuery } from '../../../../src/channels/wechat/envelope/signature.ts';
import { refusalOf } from './request.ts';
import { official_get, official_plain_post, official_secure_post, official_secure_reply, own } from './vectors.ts';

describe('a signature', () => {
  test.each([
    ['of the verification', official_get],
    ['of the plain post', official_plain_post],
    ['of the secure post', official_secure_post],
  ])('%s is the vendor’s', (_name, { token, timestamp, nonce, signature }) => {
    expect(signatureOf(token, timestamp, nonce)).toBe(signature);
  });

  test.each([
    ['the secure post', official_secure_post],
    ['the secure reply', official_secure_reply],
    ['our first', own('chinese_xml_with_emoji')],
    ['our second', own('wrong_appid')],
    ['our third', own('msg_len_overrun')],
  ])('over the ciphertext of %s is the one given with it', (_name, { token, timestamp, nonce, encrypt, msgSignature }) => {
    expect(signatureOf(token, timestamp, nonce, encrypt)).toBe(msgSignature);
  });

  test('is the same in whatever order its parts are given', () => {
    fc.assert(fc.property(fc.array(fc.string()), (parts) => signatureOf(...parts) === signatureOf(...parts.toReversed())));
  });
});

test('two texts are the same only byte for byte', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => same(a, b) === (a === b) && same(a, a)));
  expect(same('é', 'e\u0301')).toBe(false);
});

describe('a query', () => {
  const { token, signature, timestamp, nonce } = official_secure_post;
  const good = { signature, timestamp, nonce };

  test('tells its time in milliseconds', () => {
    expect(signedQuery(good, token)).toEqual({ ...good, at: 1_714_112_445_000 });
  });

  test.each([
    ['without a timestamp', { ...good, timestamp: undefined }],
    ['with a timestamp in milliseconds', { ...good, timestamp: '1714112445000' }],
    ['with a timestamp below zero', { ...good, timestamp: '-171411244' }],
    ['with a timestamp as a number', { ...good, timestamp: 1_714_112_445 }],
    ['with two timestamps', { ...good, timestamp: [timestamp, timestamp] }],
    ['without a nonce', { ...good, nonce: undefined }],
    ['with an empty nonce', { ...good, nonce: '' }],
    ['with a nonce that could hold a cipher block', { ...good, nonce: 'A'.repeat(33) }],
    ['with two nonces', { ...good, nonce: [nonce, nonce] }],
    ['without a signature', { ...good, signature: undefined }],
    ['with two signatures', { ...good, signature: [signature, signature] }],
  ])('%s is refused as none of WeChat’s', (_name, query) => {
    expect(refusalOf(() => signedQuery(query, token))).toBe('forged: query');
  });

  test.each([
    ['an empty signature', { ...good, signature: '' }],
    ['its signature in capitals', { ...good, signature: signature.toUpperCase() }],
    ['half of its signature', { ...good, signature: signature.slice(0, 20) }],
    ['more than its signature', { ...good, signature: `${signature}0` }],
    ['digits moved from one part to the next', { ...good, timestamp: '4156707411', nonce: '714112445' }],
  ])('with %s is refused', (_name, query) => {
    expect(refusalOf(() => signedQuery(query, token))).toBe('forged: signature');
  });

  test('the ciphertext needs a signature of its own', () => {
    const { msgSignature, encrypt } = official_secure_post;
    const signed = signedQuery(good, token);
    const withSignature = (msg_signature: unknown) => () => signedCiphertext({ ...good, msg_signature }, signed, encrypt, token);
    expect(withSignature(msgSignature)()).toBe(msgSignature);
    expect(refusalOf(withSignature(undefined))).toBe('forged: query');
    expect(refusalOf(withSignature([msgSignature]))).toBe('forged: query');
    expect(refusalOf(withSignature(signature))).toBe('forged: signature');
  });
});

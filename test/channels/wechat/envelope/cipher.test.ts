import { createCipheriv } from 'node:crypto';
import * as oracle from '@wecom/crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decrypt, encrypt, readKey } from '../../../../src/channels/wechat/envelope/cipher.ts';
import { KEY, OLD_KEY, refusalOf } from './request.ts';
import { official_secure_post, official_secure_reply, own } from './vectors.ts';

const APP = 'wx0123456789abcdef';
const current = readKey(KEY);
const encodingKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64').slice(0, 43));
const appId = fc.stringMatching(/^wx[0-9a-f]{16}$/);
const text = fc.string({ unit: 'grapheme', maxLength: 400 });

/** Enciphers any bytes under the key as they are: what a sender with the key, but without manners, could send. */
function raw(bytes: Uint8Array): string {
  const cipher = createCipheriv('aes-256-cbc', current, current.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64');
}

/** What goes under the padding: random, length, message, appid. */
function laid(message: string, { length = Buffer.byteLength(message), app = APP } = {}): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length);
  return Buffer.concat([Buffer.alloc(16, 7), size, Buffer.from(message), Buffer.from(app)]);
}

const padded = (plain: Buffer, pad = 32 - (plain.length % 32)) => Buffer.concat([plain, Buffer.alloc(pad, pad)]);
const opened = (ciphertext: string) => decrypt(ciphertext, { current }, APP).message.toString();

describe('the vendor’s example', () => {
  test('opens to its own words', () => {
    const { encodingAesKey, encrypt: ciphertext, appid, plain, msgLen } = official_secure_post;
    const { message } = decrypt(ciphertext, { current: readKey(encodingAesKey) }, appid);
    expect(message.toString()).toBe(plain);
    expect(message.length).toBe(msgLen);
  });

  test.each([
    ['post', official_secure_post],
    ['reply', official_secure_reply],
  ])('seals the %s to the very same ciphertext', (_name, { encodingAesKey, plain, appid, random16, encrypt: ciphertext }) => {
    expect(encrypt(plain, readKey(encodingAesKey), appid, Buffer.from(random16))).toBe(ciphertext);
  });

  test.each(['wrong_appid', 'msg_len_overrun'])('our %s is refused', (name) => {
    const { encrypt: ciphertext, encodingAesKey, appid, expect: expected } = own(name);
    const refused = refusalOf(() => decrypt(ciphertext, { current: readKey(encodingAesKey) }, appid));
    expect(refused).toBe(expected.error === 'length' ? 'forged: length' : 'forged: appid');
  });
});

describe('against another’s implementation', () => {
  test('what it seals, we open', () => {
    fc.assert(
      fc.property(encodingKey, appId, text, (key, app, message) => {
        expect(decrypt(oracle.encrypt(key, message, app), { current: readKey(key) }, app).message.toString()).toBe(message);
      }),
      { numRuns: 500 },
    );
  });
  test('what we seal, it opens', () => {
    fc.assert(
      fc.property(encodingKey, appId, text, (key, app, message) => {
        expect(oracle.decrypt(key, encrypt(message, readKey(key), app))).toMatchObject({ message, id: app });
      }),
      { numRuns: 500 },
    );
  });
  test('with the same 16 random bytes both write the same', () => {
    fc.assert(
      fc.property(encodingKey, appId, text, fc.uint8Array({ minLength: 16, maxLength: 16 }), (key, app, message, random) => {
        expect(encrypt(message, readKey(key), app, random)).toBe(oracle.encrypt(key, message, app, Buffer.from(random)));
      }),
    );
  });
  test('every length of message around two blocks comes back', () => {
    for (let length = 0; length <= 130; length++) expect(opened(oracle.encrypt(KEY, 'x'.repeat(length), APP))).toBe('x'.repeat(length));
  });
});

test('sealing the same twice looks different', () => {
  expect(encrypt('您好', current, APP)).not.toBe(encrypt('您好', current, APP));
});

describe('an EncodingAESKey', () => {
  test.each([
    ['of 42 characters', KEY.slice(1)],
    ['of 44', `${KEY}A`],
    ['with its equals sign', `${KEY}=`],
    ['with a character base64 lacks', `${KEY.slice(1)}-`],
    ['with a line’s end', `${KEY}\n`],
    ['that is empty', ''],
  ])('%s is refused, and not repeated in the error', (_name, key) => {
    const refused = refusalOf(() => readKey(key));
    expect(refused).toBe('An EncodingAESKey has 43 characters of base64');
  });
  test('is 32 bytes', () => expect(current).toEqual(Buffer.from(`${KEY}=`, 'base64')));
});

describe('padding', () => {
  const plain = laid('hello');
  test('as PKCS#7 has it is taken', () => expect(opened(raw(padded(plain)))).toBe('hello'));

  test('any other is refused', () => {
    const right = 32 - (plain.length % 32);
    const wrong = fc.uint8Array({ minLength: right, maxLength: right }).filter((bytes) => bytes.some((byte) => byte !== right));
    fc.assert(
      fc.property(wrong, (bytes) => {
        // A shorter padding that is right in itself leaves the rest behind the appid.
        expect(refusalOf(() => opened(raw(Buffer.concat([plain, bytes]))))).toMatch(/^forged: (padding|appid)$/);
      }),
      { numRuns: 500 },
    );
  });

  test.each(Array.from({ length: 256 }, (_, byte) => byte))('a last byte of %i is looked at', (byte) => {
    const bytes = padded(plain);
    const right = 32 - (plain.length % 32);
    bytes[bytes.length - 1] = byte;
    if (byte === right) expect(opened(raw(bytes))).toBe('hello');
    else expect(refusalOf(() => opened(raw(bytes)))).toMatch(/^forged: (padding|appid)$/);
  });

  test('of more than the length of the key is refused, though every byte agrees', () => {
    expect(refusalOf(() => opened(raw(padded(plain, 32 + 32 - (plain.length % 32)))))).toBe('forged: padding');
  });

  test('of no length is refused', () => expect(refusalOf(() => opened(raw(Buffer.alloc(64))))).toBe('forged: padding'));

  test('of a whole block is taken where the text fills one', () => {
    const full = laid('x'.repeat(64 - 20 - APP.length));
    expect(full.length).toBe(64);
    expect(opened(raw(padded(full)))).toBe('x'.repeat(26));
    expect(refusalOf(() => opened(raw(full)))).toBe('forged: padding');
  });

  test('to AES’s 16 bytes is not WeChat’s', () => {
    const short = laid('x'.repeat(4));
    const bytes = padded(short, 16 - (short.length % 16));
    expect(bytes.length % 32).toBe(16);
    expect(refusalOf(() => opened(raw(bytes)))).toBe('forged: ciphertext');
  });
});

describe('what is under the padding', () => {
  test.each([
    ['a length one too long', laid('hello', { length: 24 }), 'length'],
    ['the longest length', laid('hello', { length: 0xffffffff }), 'length'],
    ['a length that swallows the appid', laid('hello', { length: 5 + APP.length }), 'appid'],
    ['a length one too short', laid('hello', { length: 4 }), 'appid'],
    ['no appid', laid('hello', { app: '' }), 'appid'],
    ['an appid cut short', laid('hello', { app: APP.slice(0, -1) }), 'appid'],
    ['more after the appid', laid('hello', { app: `${APP}x` }), 'appid'],
    ['less than a header', Buffer.alloc(19), 'length'],
    ['nothing', Buffer.alloc(0), 'length'],
  ])('%s is refused', (_name, plain, code) => {
    expect(refusalOf(() => opened(raw(padded(plain))))).toBe(`forged: ${code}`);
  });
});

describe('a ciphertext', () => {
  const good = encrypt('hello', current, APP);
  test.each([
    ['that is empty', ''],
    ['with a line’s end in it', `${good.slice(0, 76)}\n${good.slice(76)}`],
    ['in base64 for addresses', good.replaceAll(/[+/]/g, '-').replace(/^./, '_')],
    ['without its last character', good.slice(0, -1)],
    ['without its last block', Buffer.from(good, 'base64').subarray(0, -16).toString('base64')],
  ])('%s is refused', (_name, ciphertext) => {
    expect(refusalOf(() => opened(ciphertext))).toBe('forged: ciphertext');
  });
});

describe('two keys', () => {
  const keys = { current, previous: readKey(OLD_KEY) };
  test.each([
    ['current', KEY, keys.current],
    ['previous', OLD_KEY, keys.previous],
  ])('the %s one opens what it sealed, and is named', (_name, key, bytes) => {
    expect(decrypt(oracle.encrypt(key, 'hello', APP), keys, APP)).toEqual({ message: Buffer.from('hello'), key: bytes });
  });
  test('a third opens nothing', () => {
    fc.assert(
      fc.property(encodingKey, (key) => {
        expect(refusalOf(() => decrypt(oracle.encrypt(key, 'hello', APP), keys, APP))).toMatch(/^forged: /);
      }),
    );
  });
  test('what both refuse is refused by the current one’s reason', () => {
    expect(refusalOf(() => decrypt(encrypt('hello', current, 'wxsomebodyelse'), keys, APP))).toBe('forged: appid');
  });
});

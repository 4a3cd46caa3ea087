import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readXml } from '../../../../src/channels/wechat/envelope/xml.ts';
import { inXml, NOW, open, plainRequest, plainSettings, refusalOf, secureRequest, secureSettings, signedFor, textXml } from './request.ts';

const secure = secureRequest(textXml('楼下夜里吵闹'));
const ciphertext = String(readXml(String(secure.body)).Encrypt);

/** The text with one bit of one of its bytes turned over. */
function flipped(text: string, at: number, bit: number): string {
  const bytes = Buffer.from(text);
  const place = at % bytes.length;
  bytes[place] = (bytes[place] ?? 0) ^ (1 << (bit % 7));
  return bytes.toString();
}

const place = fc.nat(1_000);
const bit = fc.nat(6);

describe('one bit turned over', () => {
  test.each(['signature', 'timestamp', 'nonce'] as const)('anywhere in a plain request’s %s is refused', (name) => {
    const { query, body } = plainRequest(textXml('hello'));
    fc.assert(
      fc.property(place, bit, (at, turned) => {
        const forged = { ...query, [name]: flipped(String(query[name]), at, turned) };
        expect(refusalOf(() => open({ query: forged, body }, plainSettings))).toMatch(/^forged: (query|signature)$/);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['signature', 'timestamp', 'nonce', 'msg_signature'] as const)('anywhere in a secure request’s %s is refused', (name) => {
    const query: Record<string, string> = secure.query;
    fc.assert(
      fc.property(place, bit, (at, turned) => {
        const forged = { ...query, [name]: flipped(String(query[name]), at, turned) };
        expect(refusalOf(() => open({ query: forged, body: secure.body }, secureSettings))).toMatch(/^forged: (query|signature)$/);
      }),
      { numRuns: 300 },
    );
  });

  test('anywhere in the ciphertext is refused', () => {
    fc.assert(
      fc.property(place, bit, (at, turned) => {
        const body = Buffer.from(inXml(flipped(ciphertext, at, turned)));
        expect(refusalOf(() => open({ query: secure.query, body }, secureSettings))).toMatch(/^(forged: signature|malformed: \w+)/);
      }),
      { numRuns: 500 },
    );
  });

  test('anywhere in the ciphertext changes nothing for us even where the forger can sign', () => {
    fc.assert(
      fc.property(fc.nat(Buffer.from(ciphertext, 'base64').length - 1), fc.nat(7), (at, turned) => {
        const bytes = Buffer.from(ciphertext, 'base64');
        // The first 16 are random, and the next 16 turn with the length: both are anyone's to change.
        fc.pre(at >= bytes.length - 48);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << turned);
        const forged = bytes.toString('base64');
        const refusal = refusalOf(() => open({ query: signedFor(forged), body: Buffer.from(inXml(forged)) }, secureSettings));
        expect(refusal).toMatch(/^forged: (padding|appid|length)$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('cut and pasted', () => {
  test('a ciphertext without its first blocks is refused, though the same characters are signed', () => {
    // Sorted and joined, the cut-off characters read as the end of a longer nonce.
    for (const cut of [64, 128, 192]) {
      const query = { ...secure.query, nonce: `${secure.query.nonce}${ciphertext.slice(0, cut)}` };
      expect(refusalOf(() => open({ query, body: Buffer.from(inXml(ciphertext.slice(cut))) }, secureSettings))).toBe('forged: query');
    }
  });

  test('one message’s signature does not fit another’s ciphertext', () => {
    const other = secureRequest(textXml('something else'));
    expect(refusalOf(() => open({ query: secure.query, body: other.body }, secureSettings))).toBe('forged: signature');
  });

  test('a request for another token is refused', () => {
    for (const token of ['', 'A_token', 'a_token '])
      expect(refusalOf(() => open(plainRequest(textXml('hello'), { token }), plainSettings))).toBe('forged: signature');
  });

  test('another account’s message is refused, whichever it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{0,24}$/), (appId) => {
        fc.pre(appId !== secureSettings.appId);
        expect(refusalOf(() => open(secureRequest(textXml('hello'), { appId }), secureSettings))).toBe('forged: appid');
      }),
    );
  });

  test('what is sealed is read as strictly as what is not', () => {
    const sealed = (message: string) => refusalOf(() => open(secureRequest(message), secureSettings));
    expect(sealed('<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><a>&x;</a></xml>')).toBe('malformed: markup');
    expect(sealed('success')).toBe('malformed: unknown-format');
    expect(sealed('')).toBe('malformed: unknown-format');
    expect(sealed('{"FromUserName":"a","FromUserName":"b"}')).toBe('malformed: told-twice');
  });

  test('two ciphertexts in one body are refused', () => {
    const body = Buffer.from(`<xml><Encrypt>${ciphertext}</Encrypt><Encrypt>${ciphertext}</Encrypt></xml>`);
    expect(refusalOf(() => open({ query: secure.query, body }, secureSettings))).toBe('malformed: told-twice');
  });

  test('a timestamp of long ago is refused however well it is signed', () => {
    const old = secureRequest(textXml('hello'), { timestamp: String(NOW / 1000 - 301) });
    expect(refusalOf(() => open(old, secureSettings))).toBe('forged: stale');
  });
});

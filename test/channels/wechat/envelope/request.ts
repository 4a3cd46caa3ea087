import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { type EnvelopeSettings, openRequest } from '../../../../src/channels/wechat/envelope/envelope.ts';
import { createFreshness } from '../../../../src/channels/wechat/envelope/freshness.ts';

/** 2024-04-26T06:20:45Z, the moment of the vendor's secure example. */
export const NOW = 1_714_112_445_000;
export const OPENID = 'oResident_1';

export const plainSettings: EnvelopeSettings = { token: 'a_token', appId: 'wx0123456789abcdef' };
export const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
export const OLD_KEY = 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba';
export const secureSettings = { ...plainSettings, encodingAesKey: KEY };

export interface Signing {
  token?: string;
  timestamp?: string;
  nonce?: string;
}

/** A callback's query, signed by another's hand. */
export function signedFor(
  encrypt: string | undefined,
  { token = 'a_token', timestamp = String(NOW / 1000), nonce = '415670741' }: Signing = {},
) {
  const signature = getSignature(token, timestamp, nonce, '');
  const plain = { signature, timestamp, nonce, openid: OPENID };
  return encrypt === undefined ? plain : { ...plain, encrypt_type: 'aes', msg_signature: getSignature(token, timestamp, nonce, encrypt) };
}

export const plainRequest = (body: string | Uint8Array, signing?: Signing) => ({
  query: signedFor(undefined, signing),
  body: Buffer.from(body),
});

/** A callback encrypted and signed by another's hand; `wrap` lays the ciphertext into a body. */
export function secureRequest(
  message: string,
  {
    key = KEY,
    appId = 'wx0123456789abcdef',
    wrap = inXml,
    ...signing
  }: Signing & { key?: string; appId?: string; wrap?: (encrypt: string) => string } = {},
) {
  const ciphertext = encrypt(key, message, appId);
  return { query: signedFor(ciphertext, signing), body: Buffer.from(wrap(ciphertext)) };
}

export const inXml = (encrypt: string) =>
  `<xml><ToUserName><![CDATA[gh_test]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`;
export const inJson = (encrypt: string) => JSON.stringify({ ToUserName: 'gh_test', Encrypt: encrypt });

export const textXml = (content: string, more = '') =>
  `<xml><ToUserName><![CDATA[gh_test]]></ToUserName><FromUserName><![CDATA[${OPENID}]]></FromUserName><CreateTime>1714112445</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content><MsgId>24000000000000001</MsgId>${more}</xml>`;

/** Opens with nothing seen before. */
export const open = (request: { query: Readonly<Record<string, unknown>>; body: Uint8Array }, settings: EnvelopeSettings, now = NOW) =>
  openRequest(request, settings, createFreshness(), now);

/** Why it is refused, by its short name; fails where it is not. */
export function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('was not refused');
}

/** Opens a reply as WeChat would, by another's hand; fails where its signature is wrong. */
export function openReply(
  { encrypt: ciphertext, signature, timestamp, nonce }: Record<'encrypt' | 'signature' | 'timestamp' | 'nonce', string>,
  key = KEY,
) {
  if (getSignature('a_token', timestamp, nonce, ciphertext) !== signature) throw new Error('a reply signed wrong');
  return decrypt(key, ciphertext);
}

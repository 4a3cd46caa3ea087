import { randomInt } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';
import { isObject, stringAt } from './asked.ts';
import type { Format } from './fields.ts';
import { readXml } from './xml.ts';

/** How the account's callbacks are protected. */
export type Mode = 'plain' | 'compatible' | 'secure';

/** What both sides agreed on in the console. */
export interface Agreement {
  readonly appId: string;
  readonly originalId: string;
  readonly token: string;
  readonly encodingAesKey: string;
  readonly mode: Mode;
  readonly format: Format;
}

/** A callback ready to be sent. */
export interface Letter {
  readonly query: string;
  readonly body: string;
  readonly contentType: string;
}

/** Signs what is asked of the callback URL without a body: its verification. */
export function signedQuery(agreement: Pick<Agreement, 'token'>, now: number, more: Readonly<Record<string, string>> = {}): string {
  const timestamp = String(Math.floor(now / 1000));
  const nonce = String(randomInt(100_000_000, 2_000_000_000));
  const signature = getSignature(agreement.token, timestamp, nonce, '');
  return String(new URLSearchParams({ signature, ...more, timestamp, nonce }));
}

/** A plain body as a callback: signed, and encrypted where the mode says so. */
export function letterOf(agreement: Agreement, plain: string, openid: string, now: number): Letter {
  const { appId, encodingAesKey, format, mode, originalId, token } = agreement;
  const contentType = format === 'xml' ? 'text/xml' : 'application/json';
  const signed = new URLSearchParams(signedQuery(agreement, now, { openid }));
  if (mode === 'plain') return { query: String(signed), body: plain, contentType };
  const sealed = encrypt(encodingAesKey, plain, appId);
  signed.set('encrypt_type', 'aes');
  signed.set('msg_signature', getSignature(token, signed.get('timestamp') ?? '', signed.get('nonce') ?? '', sealed));
  const { before, after, envelope } = wrapped[format](originalId, sealed);
  const body = mode === 'secure' ? envelope : plain.endsWith(after) ? `${plain.slice(0, -after.length)}${before}${after}` : plain;
  return { query: String(signed), body, contentType };
}

const wrapped = {
  xml: (to: string, sealed: string) => {
    const encrypted = `<Encrypt><![CDATA[${sealed}]]></Encrypt>`;
    return { before: encrypted, after: '</xml>', envelope: `<xml><ToUserName><![CDATA[${to}]]></ToUserName>${encrypted}</xml>` };
  },
  json: (to: string, sealed: string) => ({
    before: `,"Encrypt":${JSON.stringify(sealed)}`,
    after: '}',
    envelope: JSON.stringify({ ToUserName: to, Encrypt: sealed }),
  }),
} satisfies Record<Format, (to: string, sealed: string) => object>;

/** Opens an answer to a callback; throws with the reason where WeChat would not take it. */
export function openedAnswer(agreement: Agreement, text: string): Readonly<Record<string, unknown>> {
  const { mode, token, encodingAesKey, appId } = agreement;
  const outer = readAs(agreement.format, text);
  const sealed = stringAt(outer, 'Encrypt');
  if (mode === 'plain' || (mode === 'compatible' && sealed === '')) return outer;
  if (sealed === '') throw new Error('An answer in secure mode that is not encrypted');
  const signature = getSignature(token, wordAt(outer, 'TimeStamp'), wordAt(outer, 'Nonce'), sealed);
  if (stringAt(outer, 'MsgSignature') !== signature) throw new Error('The answer’s MsgSignature is wrong');
  const opened = decrypt(encodingAesKey, sealed);
  if (opened.id !== appId) throw new Error(`The answer is of the app «${opened.id}»`);
  // What is encrypted again with the same random bytes must come out the same: padding and length as they should be.
  if (encrypt(encodingAesKey, opened.message, opened.id, opened.random) !== sealed) throw new Error('The answer is padded wrongly');
  return readAs(agreement.format, opened.message);
}

function readAs(format: Format, text: string): Readonly<Record<string, unknown>> {
  const read: unknown = format === 'xml' ? readXml(text) : JSON.parse(text);
  if (!isObject(read)) throw new Error('The answer is no object');
  return read;
}

/** A word or number at a name, as words. */
export function wordAt(object: unknown, name: string): string {
  const value = isObject(object) ? object[name] : undefined;
  return typeof value === 'number' ? String(value) : stringAt(object, name);
}

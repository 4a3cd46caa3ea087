import { createHash, timingSafeEqual } from 'node:crypto';
import { Forged } from './rejection.ts';

/** What a signed request tells beside its body. `at` is in milliseconds. */
export interface SignedQuery {
  timestamp: string;
  nonce: string;
  at: number;
  signature: string;
}

/**
 * SHA-1 of the parts, sorted and joined, in hexadecimal: (token, timestamp, nonce) for `signature`, with `Encrypt` as a
 * fourth for `msg_signature`. Source: WeChat, "接入指南" and "消息加解密说明".
 */
export const signatureOf = (...parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex');

/** Whether two texts are the same, byte for byte, in a time that tells only their lengths. */
export function same(given: string | Uint8Array, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Reads a query whose `signature` is right; throws `Forged` with `query` or `signature`.
 *
 * The signed text has no borders between its parts, so a sniffed signature also fits the same characters cut elsewhere.
 * Ten digits of seconds and a short nonce leave no room to cut a cipher block off a ciphertext.
 */
export function signedQuery(query: Readonly<Record<string, unknown>>, token: string): SignedQuery {
  const { timestamp, nonce, signature } = query;
  if (typeof timestamp !== 'string' || !/^\d{10}$/.test(timestamp)) throw new Forged('query');
  if (typeof nonce !== 'string' || !/^[\w-]{1,32}$/.test(nonce)) throw new Forged('query');
  if (typeof signature !== 'string') throw new Forged('query');
  if (!same(signature, signatureOf(token, timestamp, nonce))) throw new Forged('signature');
  return { timestamp, nonce, at: Number(timestamp) * 1000, signature };
}

/** The right `msg_signature` of a ciphertext; throws `Forged` with `query` where there is none, with `signature` where it is wrong. */
export function signedCiphertext(
  query: Readonly<Record<string, unknown>>,
  { timestamp, nonce }: SignedQuery,
  encrypt: string,
  token: string,
): string {
  const { msg_signature: given } = query;
  if (typeof given !== 'string') throw new Forged('query');
  if (!same(given, signatureOf(token, timestamp, nonce, encrypt))) throw new Forged('signature');
  return given;
}

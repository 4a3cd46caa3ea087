import { createHash } from 'node:crypto';
import { readBody } from './body.ts';
import { decrypt, readKey } from './cipher.ts';
import type { Freshness } from './freshness.ts';
import { type Message, textOf } from './message.ts';
import { Forged, Malformed } from './rejection.ts';
import { sealed, textReply } from './reply.ts';
import { signedCiphertext, signedQuery } from './signature.ts';

/** What the operator and WeChat's console agree on. With a key, nothing is taken that is not encrypted. */
export interface EnvelopeSettings {
  token: string;
  appId: string;
  /** 43 characters; without it the account is in plain mode. */
  encodingAesKey?: string;
  /** The one before, while both are in use. */
  previousEncodingAesKey?: string;
}

/** A request as it came: the query's parameters decoded, the body in bytes. */
export interface WechatRequest {
  query: Readonly<Record<string, unknown>>;
  body: Uint8Array;
}

/** A request that WeChat sent, sent now, to us. */
export interface Opened {
  message: Message;
  mode: 'plain' | 'compatible' | 'secure';
  /** The response that shows `text` to a resident: as the request was written, and sealed if it was. */
  seal(text: string, toUser: string): string;
}

/**
 * Opens what WeChat posted; throws `Forged` or `Malformed`. `now` is in milliseconds. `freshness` is one for the account's
 * whole life. A request is remembered there only once all else about it is right, so strangers can't fill it.
 */
export function openRequest({ query, body }: WechatRequest, settings: EnvelopeSettings, freshness: Freshness, now: number): Opened {
  const { token, appId } = settings;
  const signed = signedQuery(query, token);
  const outer = readBody(body);
  const ciphertext = textOf(outer.message, 'Encrypt');
  if (!settings.encodingAesKey) {
    if (ciphertext !== undefined || query.encrypt_type === 'aes') throw new Malformed('encrypted-without-key');
    freshness.admit({ signature: signed.signature, body: digest(body), at: signed.at }, now);
    const { message, format } = outer;
    return { message, mode: 'plain', seal: (text, to) => textReply({ to, from: accountOf(message), text, at: now }, format) };
  }
  if (ciphertext === undefined) throw new Malformed('plain-with-key');
  const signature = signedCiphertext(query, signed, ciphertext, token);
  const { message: bytes, key } = decrypt(ciphertext, keysOf(settings.encodingAesKey, settings.previousEncodingAesKey), appId);
  const { message } = readBody(bytes);
  freshness.admit({ signature, body: digest(ciphertext), at: signed.at }, now);
  return {
    message,
    // The plain fields beside it are signed by nobody and go unread.
    mode: textOf(outer.message, 'MsgType') === undefined ? 'secure' : 'compatible',
    seal: (text, to) =>
      sealed(textReply({ to, from: accountOf(message), text, at: now }, outer.format), { token, appId, key }, outer.format, now),
  };
}

/**
 * The text WeChat's console waits for when the address is set (GET): `echostr`, never encrypted in any mode. Throws `Forged`.
 * It is not covered by the signature, so only a short word is sent back. Source: WeChat, "接入指南".
 */
export function verify(query: Readonly<Record<string, unknown>>, { token }: Pick<EnvelopeSettings, 'token'>): string {
  signedQuery(query, token);
  const { echostr } = query;
  if (typeof echostr !== 'string' || !/^[\w+/=.-]{1,128}$/.test(echostr)) throw new Forged('query');
  return echostr;
}

const keysOf = (current: string, previous: string | undefined) => ({
  current: readKey(current),
  ...(previous && { previous: readKey(previous) }),
});

const accountOf = (message: Message): string => textOf(message, 'ToUserName') ?? '';

const digest = (body: Uint8Array | string): string => createHash('sha256').update(body).digest('base64');

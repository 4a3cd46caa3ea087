import { randomInt } from 'node:crypto';
import type { Format } from './body.ts';
import { encrypt } from './cipher.ts';
import { signatureOf } from './signature.ts';

/** A text that answers a message in the same response. `from` is the account's own `gh_…`, `at` in milliseconds. */
export interface TextReply {
  to: string;
  from: string;
  text: string;
  at: number;
}

/** What a reply is sealed with: the account's, and the key that opened the message. */
export interface Seal {
  token: string;
  appId: string;
  key: Buffer;
}

/** XML 1.0 has no place for these, not even as references; one of them and WeChat shows the resident a fault. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** A passive text reply, as the request was written. Source: WeChat, "被动回复用户消息". */
export function textReply({ to, from, text, at }: TextReply, format: Format): string {
  const content = text.replace(unwritable, '');
  return written(
    [
      ['ToUserName', to],
      ['FromUserName', from],
      ['CreateTime', Math.floor(at / 1000)],
      ['MsgType', 'text'],
      ['Content', content],
    ],
    format,
  );
}

/** A reply sealed for WeChat, with a signature over a timestamp and a nonce of its own. Source: WeChat, "消息加解密说明", 回包. */
export function sealed(reply: string, seal: Seal, format: Format, at: number): string {
  const ciphertext = encrypt(reply, seal.key, seal.appId);
  const timestamp = Math.floor(at / 1000);
  const nonce = String(randomInt(2 ** 48 - 1));
  return written(
    [
      ['Encrypt', ciphertext],
      ['MsgSignature', signatureOf(seal.token, String(timestamp), nonce, ciphertext)],
      ['TimeStamp', timestamp],
      ['Nonce', nonce],
    ],
    format,
  );
}

function written(fields: readonly (readonly [string, string | number])[], format: Format): string {
  if (format === 'json') return JSON.stringify(Object.fromEntries(fields));
  return `<xml>${fields.map(([name, value]) => `<${name}>${typeof value === 'number' ? value : literal(value)}</${name}>`).join('')}</xml>`;
}

// The only thing that ends a CDATA section is cut in two, each half in a section of its own.
const literal = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

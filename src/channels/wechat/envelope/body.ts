import { readJson } from './json.ts';
import type { Message } from './message.ts';
import { Malformed } from './rejection.ts';
import { readXml } from './xml.ts';

/** The most that is read of a request, in bytes: WeChat's own are a few kilobytes, three times that in compatible mode. */
export const BODY_BYTES = 256 * 1024;

/** How a body is written; a reply is written the same. */
export type Format = 'xml' | 'json';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a request's body, or what was sealed in it. The first character tells XML from JSON: WeChat documents no content
 * type, and what is sealed has none. Throws `Malformed`, never with a word of the body.
 */
export function readBody(body: Uint8Array): { message: Message; format: Format } {
  if (body.length > BODY_BYTES) throw new Malformed('too-large');
  const text = decoded(body);
  const first = /\S/.exec(text)?.[0];
  if (first === '<') return { message: readXml(text), format: 'xml' };
  if (first === '{') return { message: readJson(text), format: 'json' };
  throw new Malformed('unknown-format');
}

function decoded(body: Uint8Array): string {
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw new Malformed('encoding');
  }
  // Neither format allows it, and what keeps the text after us may end at it.
  if (text.includes('\0')) throw new Malformed('encoding');
  return text;
}

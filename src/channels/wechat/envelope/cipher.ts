import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Forged } from './rejection.ts';
import { same } from './signature.ts';

/** WeChat pads to the length of the key, not to that of AES's own blocks. */
const PADDED_TO = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/** The keys messages may be sealed with; the previous one while WeChat's servers still change over to the current. */
export interface Keys {
  current: Buffer;
  previous?: Buffer;
}

/** The 32 bytes of an EncodingAESKey: 43 characters of base64 without the `=`. Throws `RangeError` on any other, without its text. */
export function readKey(encodingAesKey: string): Buffer {
  if (!/^[A-Za-z0-9+/]{43}$/.test(encodingAesKey)) throw new RangeError('An EncodingAESKey has 43 characters of base64');
  return Buffer.from(`${encodingAesKey}=`, 'base64');
}

/**
 * AES-256-CBC over random (16 bytes), length (4 bytes, big-endian), message, appid; the key's first 16 bytes are the IV.
 * Base64. Source: WeChat, "消息加解密说明", 技术方案.
 */
export function encrypt(message: string, key: Buffer, appId: string, random16: Uint8Array = randomBytes(RANDOM_BYTES)): string {
  const body = Buffer.from(message);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([random16, length, body, Buffer.from(appId)]);
  const pad = PADDED_TO - (plain.length % PADDED_TO);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString('base64');
}

/**
 * Opens a ciphertext with the current key, else with the previous one, and tells which: the reply is sealed with the same.
 * Throws the current key's `Forged`: `ciphertext`, `padding`, `length` or `appid`. Only for texts whose signature is right.
 */
export function decrypt(ciphertext: string, keys: Keys, appId: string): { message: Buffer; key: Buffer } {
  try {
    return { message: openWith(keys.current, ciphertext, appId), key: keys.current };
  } catch (refused) {
    if (!keys.previous) throw refused;
    try {
      return { message: openWith(keys.previous, ciphertext, appId), key: keys.previous };
    } catch {
      throw refused;
    }
  }
}

function openWith(key: Buffer, ciphertext: string, appId: string): Buffer {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(ciphertext) || ciphertext.length % 4 !== 0) throw new Forged('ciphertext');
  const bytes = Buffer.from(ciphertext, 'base64');
  if (bytes.length % PADDED_TO !== 0) throw new Forged('ciphertext');
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const plain = unpadded(Buffer.concat([decipher.update(bytes), decipher.final()]));
  const start = RANDOM_BYTES + LENGTH_BYTES;
  if (plain.length < start) throw new Forged('length');
  const end = start + plain.readUInt32BE(RANDOM_BYTES);
  if (end > plain.length) throw new Forged('length');
  if (!same(plain.subarray(end), appId)) throw new Forged('appid');
  return plain.subarray(start, end);
}

// Every byte of it, as PKCS#7 wants: one that is not looked at could be anything.
function unpadded(plain: Buffer): Buffer {
  const pad = plain.at(-1) ?? 0;
  if (pad < 1 || pad > PADDED_TO) throw new Forged('padding');
  if (!plain.subarray(-pad).every((byte) => byte === pad)) throw new Forged('padding');
  return plain.subarray(0, -pad);
}

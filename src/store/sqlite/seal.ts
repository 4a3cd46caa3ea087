import { createCipheriv, createDecipheriv } from 'node:crypto';
import { randomBytes } from './random.ts';

/** A data key and the id a blob names it by. */
export interface Key {
  id: string;
  bytes: Uint8Array;
}

const VERSION = 1;
const ID_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + ID_BYTES + IV_BYTES;

/** AES-256-GCM: `v1 ‖ key id ‖ iv ‖ ciphertext ‖ tag`; `where` (table/column/row) is authenticated, so a blob moved to another row does not open. */
export function seal(key: Key, where: string, plain: Uint8Array | string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv);
  cipher.setAAD(Buffer.from(where));
  const text = cipher.update(typeof plain === 'string' ? Buffer.from(plain) : plain);
  cipher.final();
  return Buffer.concat([Buffer.of(VERSION), idBytes(key.id), iv, text, cipher.getAuthTag()]);
}

/** The id of the key a blob is sealed under. */
export function sealedUnder(blob: Uint8Array): string {
  if (blob[0] !== VERSION || blob.length < HEAD_BYTES + TAG_BYTES) throw new Error('not-a-sealed-blob');
  const hex = Buffer.from(blob.subarray(1, 1 + ID_BYTES)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** What was sealed; throws where key, place or a byte is not the one it was sealed with. */
export function open(key: Uint8Array, where: string, blob: Uint8Array): Buffer {
  const tagAt = blob.length - TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(1 + ID_BYTES, HEAD_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(where));
  decipher.setAuthTag(blob.subarray(tagAt));
  return Buffer.concat([decipher.update(blob.subarray(HEAD_BYTES, tagAt)), decipher.final()]);
}

const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

import { createHmac, hkdfSync } from 'node:crypto';

/** The keys derived from the one outside the database (HKDF-SHA256), each for one purpose. */
export interface MasterKeys {
  wrap: Uint8Array;
  wrapName: string;
  address: Uint8Array;
  dedupe: Uint8Array;
  code: Uint8Array;
  invitation: Uint8Array;
  allowance: Uint8Array;
  search: Uint8Array;
  cursor: Uint8Array;
  audit: Uint8Array;
}

const NAME_HEX = 16;

export function deriveKeys(master: Uint8Array): MasterKeys {
  if (master.length !== 32) throw new Error('key-length');
  const derived = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', master, new Uint8Array(), `tiexin/store/${purpose}`, 32));
  return {
    wrap: derived('wrap'),
    wrapName: Buffer.from(derived('wrap-name')).toString('hex').slice(0, NAME_HEX),
    address: derived('address'),
    dedupe: derived('dedupe'),
    code: derived('code'),
    invitation: derived('invitation'),
    allowance: derived('allowance'),
    search: derived('search'),
    cursor: derived('cursor'),
    audit: derived('audit'),
  };
}

/** HMAC-SHA256 over parts that cannot run into one another: each behind its length. */
export function macOf(key: Uint8Array, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const whole = parts.flatMap((part) => {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    const length = Buffer.allocUnsafe(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  return createHmac('sha256', key).update(Buffer.concat(whole)).digest();
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const LASTS_SECONDS = 180 * 24 * 3600;

/** Who a browser is, as a signed cookie: the address is random, and nobody can make one up. */
export interface Sessions {
  newAddress(): string;
  /** The `Set-Cookie` value; `lasts`: 180 days, otherwise until the browser closes. */
  cookieFor(address: string, lasts: boolean): string;
  /** The `Set-Cookie` value that takes it away. */
  noCookie(): string;
  /** The address of a request's `Cookie` header; undefined where there is none or it is forged. */
  addressIn(cookieHeader: string | undefined): string | undefined;
  /** A name for something of one address that doesn't tell the address. */
  tagOf(address: string, purpose: string): string;
}

/** `secure`: the page is served over https, so the cookie is bound to this very host. */
export function createSessions(key: Uint8Array, secure: boolean): Sessions {
  const name = secure ? '__Host-tiexin-chat' : 'tiexin-chat';
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  const mac = (text: string) => createHmac('sha256', key).update(text).digest();
  const sign = (address: string) => mac(`session\0${address}`).toString('base64url');

  return {
    newAddress: () => randomBytes(24).toString('base64url'),
    cookieFor: (address, lasts) => `${name}=${address}.${sign(address)}; ${attributes}${lasts ? `; Max-Age=${LASTS_SECONDS}` : ''}`,
    noCookie: () => `${name}=; ${attributes}; Max-Age=0`,
    addressIn(header) {
      for (const pair of header?.split(';') ?? []) {
        const [given = '', value = ''] = pair.trim().split('=');
        if (given !== name) continue;
        const [, address, signature] = /^([A-Za-z0-9_-]{32})\.([A-Za-z0-9_-]{43})$/.exec(value) ?? [];
        if (address === undefined || signature === undefined) continue;
        if (timingSafeEqual(Buffer.from(signature), Buffer.from(sign(address)))) return address;
      }
      return undefined;
    },
    tagOf: (address, purpose) => mac(`${purpose}\0${address}`).toString('base64url').slice(0, 22),
  };
}

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A session's secret: 32 random bytes, only ever in the cookie. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What the store knows of a token. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** What a page sends back on every write: follows from the token and leads nowhere back, so only who has the session has it. */
export const csrfOf = (token: string): string => createHmac('sha256', token).update('csrf').digest('base64url');

/** Compares in constant time. */
export function sameText(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return first !== undefined && second !== undefined && timingSafeEqual(first, second);
}

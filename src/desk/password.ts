import { hash, verify } from '@node-rs/argon2';
import type { Instant } from '../domain/chance.ts';

/** A one-time password is good for 24 hours, and must be changed at the first sign-in. */
const ONE_TIME_MS = 24 * 60 * 60 * 1000;
export const oneTimeUntil = (now: Instant): Instant => now + ONE_TIME_MS;

/** Shortest password an officer may choose, in characters. */
export const SHORTEST_PASSWORD = 10;

/** What the store keeps of a password: argon2id, 19 MiB, two passes (OWASP's first recommendation). */
export const hashed = (password: string): Promise<string> =>
  hash(password.normalize('NFKC'), { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

/** Whether the password is the one kept; a broken hash is simply not it. */
export async function matches(passwordHash: string, password: string): Promise<boolean> {
  try {
    return await verify(passwordHash, password.normalize('NFKC'));
  } catch {
    return false;
  }
}

/** Letters and digits nobody mistakes for another when reading them aloud: no i, l, o, u, 0, 1. */
const ALPHABET = 'abcdefghjkmnpqrstvwxyz23456789';

/** `k7qm-x2pd-h9rt-aw4c`: 16 letters of the alphabet, made from at least 64 random bytes. */
export function oneTimePassword(random: Uint8Array): string {
  // A byte past the last whole round of the alphabet would favour its first letters.
  const fair = [...random].filter((byte) => byte < ALPHABET.length * 8).slice(0, 16);
  if (fair.length < 16) throw new Error('too few random bytes');
  const letters = fair.map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

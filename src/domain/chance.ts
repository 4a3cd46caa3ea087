import { createHash } from 'node:crypto';

/** A UUIDv7 in text, or a catalogue entry's stable code where a field says so. */
export type Id = string;

/** Milliseconds since 1970-01-01T00:00:00Z, an integer. */
export type Instant = number;

/**
 * The time and the randomness of one decision, drawn by the store once per attempt.
 * Everything random is cut from it by pure functions, so a clash just decides again with another chance.
 */
export interface Chance {
  readonly now: Instant;
  /** At least 32 random bytes. */
  readonly bytes: Uint8Array;
}

/** 32 letters and digits nobody mistakes for another: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 32 bytes that only this chance and this label give: the same label gives the same bytes again. */
export function drawn(chance: Chance, label: string): Uint8Array {
  return createHash('sha256').update(chance.bytes).update('\0').update(label).digest();
}

/** Whether a lot falls, in `percent` of a hundred cases. */
export const lotFalls = (chance: Chance, label: string, percent: number): boolean =>
  Buffer.from(drawn(chance, label)).readUInt32BE() < (percent / 100) * 2 ** 32;

/** A UUIDv7 (RFC 9562, 5.7) at the chance's time. */
export function idFrom(chance: Chance, label: string): Id {
  const random = drawn(chance, `id/${label}`);
  const time = chance.now.toString(16).padStart(12, '0');
  const hex = Buffer.from(random).toString('hex');
  const variant = '89ab'[(random[2] ?? 0) & 3];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(6, 9)}-${hex.slice(10, 22)}`;
}

/** `length` letters of the alphabet without look-alikes, 5 random bits each. */
export function lettersFrom(chance: Chance, label: string, length: number): string {
  return [...drawn(chance, label).subarray(0, length)].map((byte) => ALPHABET[byte & 31]).join('');
}

/** A case's public name: 8 letters, shown to people as `ABCD-EFGH`. */
export const referenceFrom = (chance: Chance): string => lettersFrom(chance, 'reference', 8);

/** The query code handed to the resident once: 8 letters (40 bits, guarded by the look-up limits). */
export const codeFrom = (chance: Chance): string => lettersFrom(chance, 'code', 8);

/** An intake's short name: fits in a button of 64 bytes. */
export const intakeIdFrom = (chance: Chance): Id => lettersFrom(chance, 'intake', 8);

/** What a person typed, as a reference or code: case, full width, spaces and hyphens don't matter; I and L read as 1, O as 0. */
export function lettersTyped(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―_·.]/g, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
}

/** True where the text is 8 letters of the alphabet, once tidied by {@link lettersTyped}. */
export const looksLikeLetters = (tidied: string): boolean => /^[0-9A-HJKMNP-TV-Z]{8}$/.test(tidied);

/** `ABCDEFGH` as people read it aloud: `ABCD-EFGH`. */
export const shownLetters = (letters: string): string => `${letters.slice(0, 4)}-${letters.slice(4)}`;

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Refused } from '../../domain/refusal.ts';
import type { MasterKeys } from './master-keys.ts';

type Named = { string: string; number: number };
type Place<Kinds extends readonly (keyof Named)[]> = { -readonly [At in keyof Kinds]: Named[Kinds[At]] };
type CursorKey = Pick<MasterKeys, 'cursor'>;

/** What is paged through: a cursor of one leads nowhere in another. */
export type Paged = 'cases' | 'search' | 'audit' | 'ratings' | 'deliveries' | 'feed' | 'contacts' | 'replies';

/** Every place is as long as every other: its length would tell how big the numbers in it are. */
const PADDED = 128;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Where a page ended, for whoever carries it: sealed, since numbers of the desk's own counting tell how much goes on out of sight. */
export function cursorOf({ cursor: key }: CursorKey, of: Paged, place: readonly (string | number)[]): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(of));
  const sealed = Buffer.concat([iv, cipher.update(JSON.stringify(place).padEnd(PADDED)), cipher.final(), cipher.getAuthTag()]);
  return sealed.toString('base64url');
}

/** The place a cursor stands for, undefined where there is none; throws `invalid` where it is not one this desk gave out for this list. */
export function placeOf<const Kinds extends readonly (keyof Named)[]>(
  keys: CursorKey,
  of: Paged,
  cursor: string | undefined,
  kinds: Kinds,
): Place<Kinds> | undefined {
  if (cursor === undefined) return undefined;
  const place = opened(keys, of, cursor);
  if (place.length !== kinds.length || !kinds.every((kind, at) => typeof place[at] === kind)) throw new NoCursor();
  return place as Place<Kinds>;
}

/** None of ours: changed on the way, made up, or given out by another desk. */
export class NoCursor extends Refused {
  constructor(cause?: unknown) {
    super('invalid', { wrong: [{ pointer: '?cursor', wrong: 'unknown' }] }, { cause });
  }
}

function opened({ cursor: key }: CursorKey, of: Paged, cursor: string): unknown[] {
  const sealed = Buffer.from(cursor, 'base64url');
  const tagAt = sealed.length - TAG_BYTES;
  // Letters that spell the same bytes another way are not what was given out.
  if (tagAt < IV_BYTES || sealed.toString('base64url') !== cursor) throw new NoCursor();
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(of)).setAuthTag(sealed.subarray(tagAt));
    const place: unknown = JSON.parse(Buffer.concat([cipher.update(sealed.subarray(IV_BYTES, tagAt)), cipher.final()]).toString());
    if (Array.isArray(place)) return place;
  } catch (cause) {
    throw new NoCursor(cause);
  }
  throw new NoCursor();
}

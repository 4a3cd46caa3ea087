import type { Input, Saying } from '../../domain/message.ts';
import { keptOf } from './media.ts';
import { remember, type Talk } from './talk.ts';

/** So long after its last part an album is answered. */
export const ALBUM_ANSWERED_AFTER_MS = 1_500;
const ALBUM = 'album';

/** Whether this turn's files are part of an album, whose other parts come by themselves. */
export const isPartOfAlbum = ({ inbound: { input } }: Talk): boolean => input.type === 'media' && input.group !== undefined;

/**
 * What was said from `first` on waits for the parts still to come, and gives way to what they are answered. A question gives way to
 * the next, a receipt to the next; whatever else stands until it is said anew, so that no part swallows what another had to hear.
 */
export function answerOnce(talk: Talk, first: number): void {
  if (!isPartOfAlbum(talk)) return;
  const at = talk.chance.now + ALBUM_ANSWERED_AFTER_MS;
  for (const saying of talk.sayings.splice(first)) talk.sayings.push({ ...saying, at, replaces: placeOf(saying) });
}

function placeOf({ key, expects }: Saying): string {
  if (expects !== undefined) return ALBUM;
  return `${ALBUM}.${receipts.has(key) ? 'kept' : key}`;
}

const receipts: ReadonlySet<string> = new Set(['flow:photo.kept', 'flow:media.kept']);

/** A part of an album that its first has brought into a case: that was thanked for, and only what can't be kept is told of. */
export function joinCase(talk: Talk, input: Extract<Input, { type: 'media' }>): void {
  const first = talk.sayings.length;
  keptOf(talk, input);
  answerOnce(talk, first);
}

/** Danger was named in a part: what was about to be asked is not, and the other parts are kept without a word. */
export function hushAlbum(talk: Talk): void {
  const { album } = talk.memory;
  if (!album || !isPartOfAlbum(talk)) return;
  remember(talk, { album: { ...album, quiet: true } });
  const [first, ...rest] = talk.sayings.splice(0);
  if (first) talk.sayings.push({ ...first, replaces: ALBUM }, ...rest);
}

export const isHushed = (talk: Talk): boolean => isPartOfAlbum(talk) && talk.memory.album?.quiet === true;

import type { Input, Media } from '../../domain/message.ts';
import { say, type Talk } from './talk.ts';

type MediaInput = Extract<Input, { type: 'media' }>;

/** Why a file was not kept, as far as there are words for it. */
const lost = ['too-big', 'unreadable', 'no-space', 'gone'] as const;

/** What came through, and for each kind of loss one honest word: a file that fails takes nothing else down with it. */
export function receive(talk: Talk, { items }: MediaInput): readonly Media[] {
  for (const why of lost) if (items.some((item) => whyLost(item) === why)) say(talk, { key: `desk:media.${why}` });
  const kept = items.filter((item) => whyLost(item) === undefined);
  if (kept.length > 0) say(talk, { key: 'desk:media.got' });
  return kept;
}

/** A stub still to be fetched is not lost yet. */
function whyLost({ state, why }: Media): (typeof lost)[number] | undefined {
  if (state === 'stored' || why === 'not-fetched') return undefined;
  return lost.find((known) => known === why) ?? 'gone';
}

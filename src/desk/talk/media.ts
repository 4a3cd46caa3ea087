import type { Input, Media } from '../../domain/message.ts';
import { say, type Talk } from './talk.ts';

type MediaInput = Extract<Input, { type: 'media' }>;

/** Why a file was not kept, as far as there are words for it. */
const lost = ['too-big', 'unreadable', 'no-space', 'gone'] as const;

/** Files that come while no form is open: a receipt with the number to call. Answers those that are kept. */
export function receive(talk: Talk, input: MediaInput): readonly Media[] {
  const kept = keptOf(talk, input);
  const n = kept.length + talk.memory.loose.reduce((sum, { media }) => sum + media.length, 0);
  if (kept.length > 0)
    say(talk, { key: kept.every(({ kind }) => kind === 'photo') ? 'flow:photo.kept' : 'flow:media.kept', values: { n } });
  return kept;
}

/** The files that are kept; for each kind of loss one honest word. */
export function keptOf(talk: Talk, { items }: MediaInput): readonly Media[] {
  for (const why of lost) if (items.some((item) => whyLost(item) === why)) say(talk, { key: `flow:photo.notKept.${why}` });
  return items.filter((item) => whyLost(item) === undefined);
}

/** A stub still to be fetched is not lost yet. */
function whyLost({ state, why }: Media): (typeof lost)[number] | undefined {
  if (state === 'stored' || why === 'not-fetched') return undefined;
  return lost.find((known) => known === why) ?? 'gone';
}

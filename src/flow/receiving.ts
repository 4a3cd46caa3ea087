import type { Intake } from '../domain/conversation.ts';
import type { Input, Media } from '../domain/message.ts';
import type { Effect, Turn } from './effect.ts';
import { gathered, stored } from './intake.ts';
import { askAgain, goOn } from './settle.ts';
import { sceneOf, stepOf, storedFor, type Walk, walk } from './walk.ts';

/** Why a file could not be kept, in words of its own: `flow:photo.notKept.<why>`. */
const whysToSay = ['too-big', 'unreadable', 'no-space', 'gone'] as const;
const whyNotKept = ({ state, why }: Media) => (state === 'stored' ? undefined : whysToSay.find((known) => known === why));

/** Takes photos and files whatever is being asked, where the form has room for them; their caption is part of the story. */
export function onMedia(walked: Walk, input: Input & { type: 'media' }): Turn {
  const unvoiced = walked.next === undefined ? undefined : stepOf(walked.flow, walked.next)?.unvoiced;
  if (unvoiced !== undefined && input.items.every(({ kind }) => kind === 'voice' || kind === 'audio'))
    return askAgain(walked, [{ type: 'say', saying: { key: unvoiced } }]);
  const failed = new Set(input.items.map(whyNotKept).filter((why) => why !== undefined));
  const {
    intake: laid,
    left,
    receipt,
  } = laidIn(
    walked,
    input.items.filter((item) => whyNotKept(item) === undefined),
  );
  const { caption = '' } = input;
  const told = caption === '' ? laid : gathered(walk(walked.flow, laid, walked.around), caption);
  return goOn(walked, told ?? laid, [
    ...receipt,
    ...[...failed].map((why): Effect => ({ type: 'say', saying: { key: `flow:photo.notKept.${why}` } })),
    ...(left.length > 0 ? [{ type: 'unfit', input: { type: 'media', items: left } } as const] : []),
    ...(told === undefined ? [{ type: 'unfit', input: { type: 'text', text: caption } } as const] : []),
  ]);
}

/** What was laid into the form, what there was no room for, and the receipt for the rest. */
export function laidIn(walked: Walk, items: readonly Media[]): { intake: Intake; left: readonly Media[]; receipt: readonly Effect[] } {
  const { flow, applying, intake } = walked;
  const id = applying.find((one) => stepOf(flow, one)?.kind === 'photos');
  if (id === undefined) return { intake, left: items, receipt: [] };
  const already = storedFor(intake, id);
  const held = Array.isArray(already) ? already.filter((one) => typeof one === 'string') : [];
  const fresh = items.filter((item, at) => !held.includes(item.id) && items.findIndex((other) => other.id === item.id) === at);
  const room = Math.max(0, (stepOf(flow, id)?.upTo ?? 0) - held.length);
  const taken = fresh.slice(0, room);
  const left = fresh.slice(room);
  if (taken.length === 0) return { intake, left, receipt: [] };
  const all = [...held, ...taken.map((item) => item.id)];
  const key = taken.every(({ kind }) => kind === 'photo') ? 'flow:photo.kept' : 'flow:media.kept';
  return {
    // Skipped once, it is not asked again for a photo that comes after all.
    intake: stored(intake.skipped.includes(id) ? { ...intake, done: [...intake.done, id] } : intake, id, all, true),
    left,
    receipt: [{ type: 'say', saying: { key, values: { n: all.length }, replaces: `${intake.id}.${id}.kept` } }],
  };
}

/** Takes a point on the map: as the answer to the question, or for the place the form asks for sooner or later. */
export function onPlace(walked: Walk, input: Input & { type: 'place' }): Turn {
  const { flow, applying, intake, next } = walked;
  const id = applying.find((one) => stepOf(flow, one)?.take);
  const reading = id === undefined ? undefined : stepOf(flow, id)?.take?.(input, sceneOf(walked, id));
  if (id === undefined || reading?.is !== 'answer') return askAgain(walked, [{ type: 'unfit', input }]);
  const kept = stored(intake, id, reading.value);
  return goOn(walked, kept, id === next ? [] : [{ type: 'say', saying: { key: 'flow:place.kept' } }]);
}

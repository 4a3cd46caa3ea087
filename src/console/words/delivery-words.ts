import { shortTime } from './time.ts';
import { hasWords, type Language, type Say } from './words.ts';

/** What became of words of ours, as far as the sentence needs it. */
interface Fate {
  state: string;
  at: string;
  reason: string | null;
}

/** Says no more than the state says already. */
const SAID_ALREADY = 'unreachable';

/** Whether the resident has it, why not, and whether it still goes: officers' words do once a resident who shut us out is back. */
export function deliveryWords(
  { state, at, reason }: Fate,
  from: string,
  { say, now, language }: { say: Say; now: Date; language: Language },
): string {
  const known = reason === null || reason === SAID_ALREADY ? undefined : `delivery.reason.${reason}`;
  return [
    say(`delivery.state.${state}`, { at: shortTime(at, now, language) }),
    ...(known ? [hasWords(known) ? say(known) : say('delivery.reason.other', { reason: reason ?? '' })] : []),
    ...(state === 'blocked' && from === 'officer' ? [say('delivery.afterAll')] : []),
  ].reduce((first, second) => say('delivery.and', { first, second }));
}

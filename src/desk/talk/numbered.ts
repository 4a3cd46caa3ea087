import type { Input } from '../../domain/message.ts';
import { type Tap, tapFromText } from '../../domain/tap.ts';
import { tapOfNumber } from '../../flow/engine.ts';
import { flowNamed } from './form.ts';
import { around, type Talk } from './talk.ts';

/** Longer is no lone number, and not worth looking into. */
const LONGEST = 40;

/** What was meant: over a channel that shows buttons as numbered lines, a lone number is the button it stands before. */
export function meant(talk: Talk): Input {
  const { input, numbered } = talk.inbound;
  if (!numbered || input.type !== 'text') return input;
  const number = loneNumber(talk, input.text);
  const tap = number === undefined ? undefined : tapShown(talk, number);
  return tap ? { type: 'tap', tap } : input;
}

/** By what was shown last; what came unasked while a form is open does not take the numbers of its question away. */
function tapShown(talk: Talk, number: number): Tap | undefined {
  const { offered, intake } = talk.memory;
  const flow = intake && offered?.unasked ? flowNamed(talk, intake.flow) : undefined;
  const asked = intake && flow && tapOfNumber(flow, intake, around(talk), number);
  return asked ?? tapFromText(offered?.taps[number - 1] ?? '');
}

/** A number that stood before nothing shown: what can be done is shown again. */
export const isNumberOfNothing = (talk: Talk, text: string): boolean =>
  talk.inbound.numbered === true && loneNumber(talk, text) !== undefined;

/** Nothing but a number, with what people put around one. Width doesn't matter. */
function loneNumber({ context: { words }, locale }: Pick<Talk, 'context' | 'locale'>, text: string): number | undefined {
  if (text.length > LONGEST) return undefined;
  const [, before = '', digits = ''] = /^(\D*?)\s*(\d{1,2})[\s.,、。)]*$/.exec(text.normalize('NFKC').trim().toLowerCase()) ?? [];
  const isLone = before === '' || words.t('desk:typed.number', locale).split('|').includes(before);
  return digits !== '' && isLone ? Number(digits) : undefined;
}

import type { Input } from '../domain/message.ts';
import type { Tap } from '../domain/tap.ts';
import type { Turn } from './effect.ts';
import { gathered, keptPrivate, stored } from './intake.ts';
import { askAgain, goOn, missed } from './settle.ts';
import type { Reading } from './step.ts';
import { onTap } from './tapping.ts';
import { tapNumbered, tapSpelledOut, tapsTyped } from './typed.ts';
import { sceneOf, stepOf, type Walk, walk } from './walk.ts';

/** Takes words: as the answer, as the button they name, or as more of the story. Never drops them. */
export function onText(walked: Walk, input: Input & { type: 'text' }): Turn {
  const { flow, next, intake } = walked;
  const step = next === undefined ? undefined : stepOf(flow, next);
  const words = input.text;
  if (next === undefined || !step) return askAgain(walked, [{ type: 'unfit', input }]);
  if (step.hear) return answered(step.personal ? { ...walked, intake: keptPrivate(walked) } : walked, next, words, input);
  const taps = tapsTyped(walked, next, words);
  if (taps.length > 0) return tappedInTurn(walked, taps, input);
  if (step.kind === 'photos') return words === '' ? askAgain(walked) : moreWords(walked, words, input);
  if (!saysSomething(words) || !gathers(walked)) return missed(walked);
  return moreWords({ ...walked, intake: { ...intake, misses: intake.misses + 1 } }, words, input);
}

/** The answer in words; the whole label of a button under the question is meant as the button. */
function answered(walked: Walk, id: string, words: string, input: Input): Turn {
  const spelled = tapSpelledOut(walked, id, words);
  if (spelled) return onTap(walked, spelled, input);
  const reading: Reading = stepOf(walked.flow, id)?.hear?.(words, sceneOf(walked, id)) ?? { is: 'wrong' };
  if (reading.is !== 'wrong') return goOn(walked, stored(walked.intake, id, reading.value));
  const numbered = tapNumbered(walked, id, words);
  return numbered ? onTap(walked, numbered, input) : missed(walked, reading);
}

/** Several numbers are several taps, as long as the question stays the same. */
function tappedInTurn({ flow, intake, around, next }: Walk, taps: readonly Tap[], input: Input): Turn {
  return taps.reduce<Turn>(
    (turn, tap) => {
      const now = walk(flow, turn.intake, around);
      return turn.intake.status === 'open' && now.next === next ? onTap(now, tap, input) : turn;
    },
    { intake, effects: [] },
  );
}

/** Words that answer no question but belong to the story: added to it, and said so; to the desk where the form can't hold them. */
function moreWords(walked: Walk, words: string, input: Input): Turn {
  const intake = gathered(walked, words);
  if (!intake) return askAgain(walked, [{ type: 'unfit', input }]);
  return goOn(walked, intake, [{ type: 'say', saying: { key: 'flow:words.kept' } }]);
}

const gathers = ({ flow, applying }: Walk): boolean => applying.some((id) => stepOf(flow, id)?.gathers);

/** A letter of these scripts says about as much as two of an alphabet. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const A_SENTENCE = 10;

/** Long enough to be part of the story rather than a slip of the finger. */
const saysSomething = (words: string): boolean =>
  [...words].reduce((weight, letter) => weight + (DENSE.test(letter) ? 2 : 1), 0) >= A_SENTENCE;

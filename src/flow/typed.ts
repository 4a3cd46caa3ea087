import type { Button } from '../domain/message.ts';
import type { Tap } from '../domain/tap.ts';
import { buttonsFor } from './asking.ts';
import { sceneOf, stepOf, type Walk } from './walk.ts';
import { inAllWords } from './wording.ts';

/** Fewer letters than these stand for nothing when they are only part of a label. */
const PART_OF_A_LABEL = 2;

/**
 * The buttons typed words stand for, as on a channel without buttons: by number as shown (from 1, full width too),
 * by label in any language, by value, or by a part that only one label has. Several numbers stand for several buttons.
 */
export function tapsTyped(walked: Walk, id: string, typed: string): readonly Tap[] {
  const buttons = buttonsFor(walked, id).flat();
  const numbered = byNumber(buttons, typed);
  if (numbered.length > 0) return numbered.length === 1 || stepOf(walked.flow, id)?.kind === 'several' ? numbered : [];
  const tap = byLabel(buttons, walked, typed) ?? byOption(walked, id, typed) ?? byPart(buttons, walked, typed);
  return tap ? [tap] : [];
}

/** Where words themselves are the answer, only a button's whole label is meant as the button. */
export const tapSpelledOut = (walked: Walk, id: string, typed: string): Tap | undefined =>
  byLabel(buttonsFor(walked, id).flat(), walked, typed);

/** The one button a lone number stands for. */
export const tapNumbered = (walked: Walk, id: string, typed: string): Tap | undefined => {
  const taps = byNumber(buttonsFor(walked, id).flat(), typed);
  return taps.length === 1 ? taps[0] : undefined;
};

function byNumber(buttons: readonly Button[], typed: string): Tap[] {
  const plain = typed.normalize('NFKC').trim();
  if (!/^[\d\p{P}\p{Z}\s]*$/u.test(plain)) return [];
  const numbers = plain.match(/\d+/g)?.map(Number) ?? [];
  const meant = numbers.map((number) => buttons[number - 1]);
  return meant.every((button) => button !== undefined) ? meant.map(({ tap }) => tap) : [];
}

function byLabel(buttons: readonly Button[], { around }: Walk, typed: string): Tap | undefined {
  const wanted = bare(typed);
  if (wanted === '') return undefined;
  const names = ({ label, tap }: Button) =>
    [label, ...(tap.on === 'command' && tap.name === 'skip' ? [{ key: 'flow:button.skip' }] : [])].flatMap((one) =>
      inAllWords(one, around),
    );
  return buttons.find(
    (button) => (button.tap.on === 'step' && button.tap.value === typed.trim()) || names(button).some((words) => bare(words) === wanted),
  )?.tap;
}

/** Options of another screen count as well. */
function byOption(walked: Walk, id: string, typed: string): Tap | undefined {
  const options = stepOf(walked.flow, id)?.options?.(sceneOf(walked, id)) ?? [];
  const wanted = bare(typed);
  if (wanted === '') return undefined;
  const option = options.find(
    ({ value, label, also }) =>
      value === typed.trim() ||
      inAllWords(label, walked.around).some((words) => bare(words) === wanted) ||
      (also !== undefined &&
        inAllWords({ key: also }, walked.around).some((words) => words.split('|').some((one) => bare(one) === wanted))),
  );
  return option && { on: 'step', intake: walked.intake.id, step: id, value: option.value };
}

/** Only among answers: half a word must not file, cancel or turn back. */
function byPart(buttons: readonly Button[], { around, flow }: Walk, typed: string): Tap | undefined {
  const wanted = bare(typed);
  if ([...wanted].length < PART_OF_A_LABEL) return undefined;
  const having = buttons.filter(
    ({ label, tap }) =>
      tap.on === 'step' &&
      stepOf(flow, tap.step)?.kind !== 'review' &&
      inAllWords(label, around).some((words) => bare(words).includes(wanted)),
  );
  return having.length === 1 ? having[0]?.tap : undefined;
}

/** Letters and digits alone: width, case, punctuation, stars and spaces don't matter. */
const bare = (words: string): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

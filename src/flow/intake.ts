import type { Intake } from '../domain/conversation.ts';
import { lengthOf } from './clean.ts';
import type { Around } from './effect.ts';
import { ALL_WORDS } from './steps/text.ts';
import { sceneOf, stepOf, storedFor, type Walk } from './walk.ts';

/** This turn's message belongs to the form. */
export const touched = (intake: Intake, { now, message }: Around): Intake => ({
  ...intake,
  touchedAt: now,
  messages: adding(intake.messages, message),
});

/** This turn's message holds contact details or a code. */
export const keptPrivate = ({ intake, around }: Walk): Intake => ({
  ...intake,
  privateMessages: adding(intake.privateMessages ?? [], around.message),
});

/** Holds an answer. `open`: the step goes on, as photos do until *done*. */
export function stored(intake: Intake, id: string, value: unknown, open = false): Intake {
  const answered = { ...intake, answers: { ...intake.answers, [id]: value }, skipped: without(intake.skipped, id), misses: 0 };
  return open ? answered : closed(answered, id);
}

/** A question gone past without an answer; one it had is taken back. */
export function skipped(intake: Intake, id: string): Intake {
  const { [id]: _, ...answers } = intake.answers;
  return closed({ ...intake, answers, skipped: adding(intake.skipped, id), done: without(intake.done, id), misses: 0 }, id);
}

/** A repeatable step that holds enough, or an answer left as it is. */
export const finished = (intake: Intake, id: string, repeatable: boolean): Intake =>
  closed({ ...intake, done: repeatable ? adding(intake.done, id) : intake.done, misses: 0 }, id);

/** Asks one step again. What it holds stays until it is answered anew. */
export function reopened(intake: Intake, id: string): Intake {
  const { page: _, ...rest } = intake;
  return { ...rest, editing: id, misses: 0 };
}

/** Turns to another screen of a long list, which is then the question asked. */
export const pageTurned = (walked: Walk, id: string, page: number): Intake => ({
  ...(walked.next === id ? walked.intake : reopened(walked.intake, id)),
  page,
});

/** Adds words to the answer that gathers them; undefined where there is none, or no room left. */
export function gathered(walked: Walk, words: string): Intake | undefined {
  const id = walked.applying.find((one) => stepOf(walked.flow, one)?.gathers);
  if (id === undefined) return undefined;
  const { intake } = walked;
  const held = storedFor(intake, id);
  const holding = (value: unknown): Intake => ({
    ...intake,
    answers: { ...intake.answers, [id]: value },
    skipped: without(intake.skipped, id),
  });
  if (typeof held === 'string' && Object.hasOwn(walked.kept, id)) {
    const all = `${held}\n${words}`;
    return lengthOf(all) <= ALL_WORDS ? holding(all) : undefined;
  }
  const reading = stepOf(walked.flow, id)?.hear?.(words, sceneOf(walked, id));
  return reading?.is === 'answer' ? holding(reading.value) : undefined;
}

/** The step is no longer the one edited, and its list is on its first screen again. */
function closed(intake: Intake, id: string): Intake {
  const { editing, page: _, ...rest } = intake;
  return editing === undefined || editing === id ? rest : { ...rest, editing };
}

const adding = (ids: readonly string[], id: string): readonly string[] => (ids.includes(id) ? ids : [...ids, id]);
const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((one) => one !== id);

import type { CommandName, Input } from '../domain/message.ts';
import type { Tap } from '../domain/tap.ts';
import { PAGE } from './asking.ts';
import type { Effect, Turn } from './effect.ts';
import { finished, pageTurned, reopened, skipped, stored } from './intake.ts';
import { helpSoFar, linesOf } from './lines.ts';
import { askAgain, goOn, missed } from './settle.ts';
import { maySkip, sceneOf, stepBefore, stepOf, storedFor, type Walk, walk } from './walk.ts';

/** A button of a form that is finished, or of another one. */
export const formFinished: Effect = { type: 'say', saying: { key: 'flow:finished' } };

/** Takes a tap: it is for the form and the question whose button it was, however old. */
export function onTap(walked: Walk, tap: Tap, input: Input): Turn {
  const { intake, applying, flow } = walked;
  if (tap.on !== 'step' && tap.on !== 'edit' && tap.on !== 'command') return askAgain(walked, [{ type: 'unfit', input }]);
  if (tap.intake !== intake.id && (tap.on !== 'command' || tap.intake !== undefined)) return { intake, effects: [formFinished] };
  if (tap.on === 'command') return onCommand(walked, tap.name, tap.step);
  const step = applying.includes(tap.step) ? stepOf(flow, tap.step) : undefined;
  if (!step) return askAgain(walked);
  if (tap.on === 'edit') return step.kind === 'review' ? askAgain(walked) : goOn(walked, reopened(intake, tap.step));
  if (tap.value.startsWith(PAGE)) return turnPage(walked, tap.step, tap.value.slice(PAGE.length));
  return picked(walked, tap.step, tap.value);
}

function turnPage(walked: Walk, id: string, page: string): Turn {
  if (!/^\d{1,3}$/.test(page) || !stepOf(walked.flow, id)?.options) return askAgain(walked);
  return goOn(walked, pageTurned(walked, id, Number(page)));
}

/** Re-answers the tapped step; the question now open stays open. */
function picked(walked: Walk, id: string, value: string): Turn {
  const { flow, intake, around, next } = walked;
  const step = stepOf(flow, id);
  if (!step?.pick) return askAgain(walked);
  const reading = step.pick(value, sceneOf(walked, id));
  if (!reading || reading.is === 'wrong') return id === next ? missed(walked) : askAgain(walked);
  if (step.kind !== 'review' || reading.is === 'more') return goOn(walked, stored(intake, id, reading.value, reading.is === 'more'));
  // An edit begun and left does not stand in the way of filing; a question still unanswered does.
  const { editing: _, ...rest } = intake;
  return goOn(walked, walk(flow, rest, around).next === id ? stored(rest, id, reading.value) : rest);
}

/** `step`: the question whose button it was; a late one means that question and changes nothing of the one now open. */
export function onCommand(walked: Walk, name: CommandName, step?: string): Turn {
  const { flow, intake, next } = walked;
  if (name === 'home' || name === 'language') return { intake, effects: [] };
  if (name === 'cancel') return { intake: { ...intake, status: 'abandoned' }, effects: [cancelled, { type: 'abandoned' }] };
  if (name === 'human') {
    return { intake: { ...intake, status: 'submitted' }, effects: [{ type: 'human', filing: helpSoFar(walked), lines: linesOf(walked) }] };
  }
  if (next === undefined || (step !== undefined && step !== next)) return askAgain(walked);
  if (name === 'help') return askAgain(walked, [{ type: 'say', saying: { key: `${flow.name}:${next}.help` } }]);
  if (name === 'skip') return onSkip(walked, next);
  if (name === 'done') return onDone(walked, next);
  const before = stepBefore(walked, next);
  return before === undefined ? askAgain(walked) : goOn(walked, reopened(intake, before));
}

const cancelled: Effect = { type: 'say', saying: { key: 'flow:cancelled' } };

function onSkip(walked: Walk, id: string): Turn {
  const { flow, intake, kept } = walked;
  const step = stepOf(flow, id);
  if (!step || !maySkip(step, kept)) return askAgain(walked, [{ type: 'say', saying: { key: 'flow:notSkippable' } }]);
  // Photos already sent are not thrown away by a skip; taking them back is an edit.
  if (holdsSome(walked, id) && intake.editing !== id) return onDone(walked, id);
  return goOn(walked, skipped(intake, id));
}

function onDone(walked: Walk, id: string): Turn {
  const { flow, intake, kept } = walked;
  const step = stepOf(flow, id);
  if (!step) return askAgain(walked);
  if (Object.hasOwn(kept, id)) return goOn(walked, finished(intake, id, step.upTo !== undefined));
  if (step.upTo === undefined) return askAgain(walked);
  return maySkip(step, kept) ? goOn(walked, skipped(intake, id)) : missed(walked);
}

const holdsSome = ({ intake }: Walk, id: string): boolean => {
  const held = storedFor(intake, id);
  return Array.isArray(held) && held.length > 0;
};

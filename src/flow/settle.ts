import type { Intake } from '../domain/conversation.ts';
import { ask } from './asking.ts';
import type { Effect, Turn } from './effect.ts';
import { linesOf } from './lines.ts';
import type { Reading } from './step.ts';
import { maySkip, sceneOf, stepOf, type Walk, walk } from './walk.ts';

/** Asks the question now open, or files where none is. `arriving`: the resident was not there before. */
export function settle(walked: Walk, effects: readonly Effect[] = [], arriving = true): Turn {
  const { flow, intake, around, next } = walked;
  if (next === undefined) {
    const filing = flow.file(walked.kept, { subject: intake.subject ?? '', around });
    return { intake: { ...intake, status: 'submitted' }, effects: [...effects, { type: 'file', filing, lines: linesOf(walked) }] };
  }
  const before = arriving ? stepOf(flow, next)?.before?.(sceneOf(walked, next)) : undefined;
  return { intake, effects: [...effects, ...(before ? [{ type: 'say', saying: before } as const] : []), ask(walked, next)] };
}

/** Asks the same question again. */
export const askAgain = (walked: Walk, effects: readonly Effect[] = []): Turn => settle(walked, effects, false);

/** Goes on with a changed form: at another question with a clean slate, at the same one as it was. */
export function goOn({ flow, around, next }: Walk, changed: Intake, effects: readonly Effect[] = []): Turn {
  const walked = walk(flow, changed, around);
  const moved = walked.next !== next;
  return settle(moved ? { ...walked, intake: { ...changed, misses: 0 } } : walked, effects, moved);
}

/** Not understood: says what would be, and from the second time on offers another way. */
export function missed(walked: Walk, { key, values }: Omit<Reading & { is: 'wrong' }, 'is'> = {}): Turn {
  const { flow, next, kept } = walked;
  const step = next === undefined ? undefined : stepOf(flow, next);
  if (next === undefined || !step) return askAgain(walked);
  const intake = { ...walked.intake, misses: walked.intake.misses + 1 };
  const plain = maySkip(step, kept) ? 'flow:stuck.skip' : 'flow:stuck.person';
  const said = key ?? (intake.misses < 2 ? `${flow.name}:${next}.invalid` : plain);
  return askAgain({ ...walked, intake }, [{ type: 'say', saying: { key: said, ...(values && { values }) } }]);
}

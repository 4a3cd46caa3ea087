import type { Intake } from '../domain/conversation.ts';
import type { Around } from './effect.ts';
import type { Flow } from './flow.ts';
import type { Kept, Scene, Step } from './step.ts';

/** Where a form stands, derived from its answers: nothing of it is stored. */
export interface Walk {
  flow: Flow;
  intake: Intake;
  around: Around;
  /** The steps whose branch is taken, in order. */
  applying: readonly string[];
  /** Their answers, as far as they parse today. */
  kept: Kept;
  /** The question now open; undefined where all is answered. */
  next: string | undefined;
}

/** Walks the answers from the first step: a step added tomorrow is simply asked, an answer that no longer parses is missing. */
export function walk(flow: Flow, intake: Intake, around: Around): Walk {
  const applying: string[] = [];
  const kept: Record<string, unknown> = {};
  for (const [id, step] of Object.entries(flow.steps)) {
    const stored = storedFor(intake, id);
    if (step.applies && !step.applies(kept, { subject: intake.subject, stored, around })) continue;
    applying.push(id);
    if (stored === undefined) continue;
    const parsed = step.answer.safeParse(stored);
    if (!parsed.success) continue;
    const stands = step.stands?.(parsed.data, { flow: flow.name, step: id, kept, stored, intake, around }) ?? true;
    if (stands) kept[id] = parsed.data;
  }
  const walked = { flow, intake, around, applying, kept };
  const editing = intake.editing !== undefined && applying.includes(intake.editing) ? intake.editing : undefined;
  return { ...walked, next: editing ?? applying.find((id) => !isFinished(walked, id)) };
}

/** The step by its id; undefined for ids that are not, or no longer, the flow's own. */
export const stepOf = (flow: Flow, id: string): Step | undefined => (Object.hasOwn(flow.steps, id) ? flow.steps[id] : undefined);

export const storedFor = (intake: Intake, id: string): unknown => (Object.hasOwn(intake.answers, id) ? intake.answers[id] : undefined);

export const maySkip = (step: Step, kept: Kept): boolean => step.mayBeSkipped?.(kept) ?? false;

/** What a step may look at. */
export const sceneOf = ({ flow, intake, around, kept }: Omit<Walk, 'next'>, id: string): Scene => ({
  flow: flow.name,
  step: id,
  kept,
  stored: storedFor(intake, id),
  intake,
  around,
});

/** The step asked before this one: where *back* leads. */
export function stepBefore({ flow, applying, kept }: Walk, id: string): string | undefined {
  const earlier = applying.slice(0, Math.max(0, applying.indexOf(id)));
  return earlier.findLast((one) => stepOf(flow, one)?.unasked !== true || Object.hasOwn(kept, one));
}

function isFinished({ flow, intake, kept }: Omit<Walk, 'next'>, id: string): boolean {
  const step = stepOf(flow, id);
  if (!step || step.unasked) return true;
  if (intake.skipped.includes(id) && maySkip(step, kept)) return true;
  if (!Object.hasOwn(kept, id)) return false;
  const held = kept[id];
  return step.upTo === undefined || intake.done.includes(id) || (Array.isArray(held) && held.length >= step.upTo);
}

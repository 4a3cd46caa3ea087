import type { Button } from '../domain/message.ts';
import { shortened } from './clean.ts';
import type { Effect } from './effect.ts';
import { linesOf } from './lines.ts';
import type { Option, Step } from './step.ts';
import { actsIn } from './steps/review.ts';
import { maySkip, sceneOf, stepBefore, stepOf, storedFor, type Walk } from './walk.ts';
import { inWords } from './wording.ts';

/** The most things to choose from that stand on one screen. */
const ON_A_SCREEN = 8;
/** A line of the review is cut there for reading; what is filed is whole. */
const LINE_CHARACTERS = 120;
const EDITS_IN_A_ROW = 2;

/** Marks the value of a button that turns to another screen of the same list. */
export const PAGE = '@';

/** The question a step asks, with all that may be tapped under it. */
export function ask(walked: Walk, id: string): Effect {
  const step = stepOf(walked.flow, id);
  if (!step) throw new Error('only a step of the flow is asked');
  const { key, values } = question(walked, id, step);
  const buttons = buttonsFor(walked, id);
  return {
    type: 'ask',
    step: id,
    saying: {
      key,
      ...(values && { values }),
      ...(buttons.length > 0 && { buttons }),
      expects: step.expects,
      // Nine photos of an album ask for more once, where the first asking is still unsent.
      ...(step.upTo !== undefined && { replaces: `${walked.intake.id}.${id}` }),
    },
  };
}

function question(walked: Walk, id: string, step: Step): { key: string; values?: Record<string, string | number> } {
  const held = storedFor(walked.intake, id);
  if (step.kind === 'photos' && Array.isArray(held) && held.length > 0) {
    return { key: 'flow:photo.more', values: { n: held.length, max: step.upTo ?? held.length } };
  }
  const key = `${walked.flow.name}:${id}.ask`;
  if (step.kind === 'several' && Object.hasOwn(walked.kept, id)) {
    return { key: 'flow:several.chosen', values: { chosen: inWords(step.show(walked.kept[id], sceneOf(walked, id)), walked.around) } };
  }
  if (step.kind === 'photos') return { key, values: { max: step.upTo ?? 0 } };
  return step.kind === 'review' ? { key, values: { lines: reviewed(walked, id) } } : { key };
}

/** The lines of the review; contact details stand there only as given, not as words. */
function reviewed(walked: Walk, id: string): string {
  const { flow, around } = walked;
  const lines = linesOf(walked).map(({ step, shown, personal }) => ({
    label: inWords({ key: `${flow.name}:${step}.line` }, around),
    shown: shortened(inWords(personal ? { key: 'flow:review.personal' } : shown, around), LINE_CHARACTERS),
  }));
  const shown = lines.map((line) => around.words.t('flow:review.line', around.locale, line));
  const sealed = flow.as === 'case' && isSealed(walked, id);
  return [...shown, ...(sealed ? [inWords({ key: 'flow:review.sealed' }, around)] : [])].join('\n');
}

/** Whether it would be filed under seal, as it stands. */
function isSealed({ flow, kept, intake, around }: Walk, review: string): boolean {
  const asReviewed = { ...kept, [review]: { filed: true, acts: actsIn(storedFor(intake, review)) } };
  const filing = flow.file(asReviewed, { subject: intake.subject ?? '', around });
  return filing.as === 'case' && filing.seal;
}

/** Rows of buttons: what there is to choose, then the ways around the question. */
export function buttonsFor(walked: Walk, id: string): Button[][] {
  const { flow, intake } = walked;
  const step = stepOf(flow, id);
  if (!step) return [];
  const options = step.options?.(sceneOf(walked, id)) ?? [];
  const choices = screen(options, intake.page ?? 0).map((option) => [optionButton(walked, id, option)]);
  const [first = [], ...rest] = choices;
  const rows = step.kind === 'review' ? [first, ...editRows(walked), ...rest] : choices;
  return [...rows, ways(walked, id, step)].filter((row) => row.length > 0);
}

const optionButton = ({ intake }: Walk, step: string, { value, label, marked }: Option): Button => ({
  label,
  tap: { on: 'step', intake: intake.id, step, value },
  ...(marked && { style: 'primary' }),
});

/** At most eight at once: pinned ones on every screen, and the way to the next screen, which after the last is the first. */
function screen(options: readonly Option[], page: number): readonly Option[] {
  if (options.length <= ON_A_SCREEN) return options;
  const pinned = options.filter(({ pinned }) => pinned);
  const others = options.filter(({ pinned }) => !pinned);
  const room = Math.max(1, ON_A_SCREEN - pinned.length - 1);
  const pages = Math.ceil(others.length / room);
  const shown = ((page % pages) + pages) % pages;
  const more: Option = { value: `${PAGE}${(shown + 1) % pages}`, label: { key: 'flow:button.more' } };
  return [...others.slice(shown * room, (shown + 1) * room), more, ...pinned];
}

function editRows(walked: Walk): Button[][] {
  const edits = linesOf(walked).map(
    ({ step }): Button => ({ label: { key: `${walked.flow.name}:${step}.line` }, tap: { on: 'edit', intake: walked.intake.id, step } }),
  );
  return edits.flatMap((_, at) => (at % EDITS_IN_A_ROW === 0 ? [edits.slice(at, at + EDITS_IN_A_ROW)] : []));
}

/** Done or keep, skip, back; after a miss what is meant; after two a person. */
function ways(walked: Walk, id: string, step: Step): Button[] {
  const { intake, kept } = walked;
  const held = storedFor(intake, id);
  const some = step.upTo !== undefined && Array.isArray(held) && held.length > 0;
  const answered = Object.hasOwn(kept, id);
  const names = [
    some && ({ name: 'done', label: 'flow:button.done', primary: true } as const),
    !some && answered && intake.editing === id && ({ name: 'done', label: 'flow:button.keep' } as const),
    (!some || intake.editing === id) && maySkip(step, kept) && ({ name: 'skip', label: step.skipLabel ?? 'flow:button.skip' } as const),
    stepBefore(walked, id) !== undefined && ({ name: 'back', label: 'flow:button.back' } as const),
    intake.misses === 1 && ({ name: 'help', label: 'flow:button.help' } as const),
    intake.misses > 1 && ({ name: 'human', label: 'flow:button.human' } as const),
    step.kind === 'review' && ({ name: 'cancel', label: 'flow:button.cancel' } as const),
  ];
  return names.flatMap((way) =>
    way
      ? [
          {
            label: { key: way.label },
            tap: { on: 'command', name: way.name, intake: intake.id, step: id },
            ...('primary' in way && { style: 'primary' as const }),
          },
        ]
      : [],
  );
}

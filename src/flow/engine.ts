import type { Id } from '../domain/chance.ts';
import type { Intake } from '../domain/conversation.ts';
import type { Input } from '../domain/message.ts';
import type { Tap } from '../domain/tap.ts';
import { buttonsFor } from './asking.ts';
import { cleaned } from './clean.ts';
import type { Around, Effect, Turn } from './effect.ts';
import type { Flow } from './flow.ts';
import { onText } from './hearing.ts';
import { gathered, touched } from './intake.ts';
import { laidIn, onMedia, onPlace } from './receiving.ts';
import { askAgain, settle } from './settle.ts';
import { formFinished, onCommand, onTap } from './tapping.ts';
import { walk } from './walk.ts';

/** What the resident had said before the form was begun: its first words and files. */
export interface Brought {
  text?: string;
  media?: readonly Id[];
  messages?: readonly Id[];
}

/** Opens a form and asks the first question that what was brought leaves open; what it can't hold comes back as unfit. */
export function begin(flow: Flow, around: Around, intakeId: Id, subject?: string, brought: Brought = {}): Turn {
  const opened: Intake = {
    id: intakeId,
    flow: flow.name,
    ...(subject !== undefined && { subject }),
    answers: {},
    skipped: [],
    done: [],
    misses: 0,
    status: 'open',
    startedAt: around.now,
    touchedAt: around.now,
    messages: brought.messages ?? [],
  };
  const items = (brought.media ?? []).map((id) => ({ id, kind: 'photo', state: 'stored' }) as const);
  const { intake: laid, left } = laidIn(walk(flow, touched(opened, around), around), items);
  const words = cleaned(brought.text ?? '');
  const told = words === '' ? laid : gathered(walk(flow, laid, around), words);
  const unfit: Effect[] = [
    ...(left.length > 0 ? [{ type: 'unfit', input: { type: 'media', items: left } } as const] : []),
    ...(told === undefined ? [{ type: 'unfit', input: { type: 'text', text: words } } as const] : []),
  ];
  return settle(walk(flow, told ?? laid, around), unfit);
}

/**
 * One turn of the conversation: pure, so a store may run it inside its own transaction, perhaps twice.
 * Nothing a resident sends makes it throw, and only an open form files.
 */
export function advance(flow: Flow, intake: Intake, sent: Input, around: Around): Turn {
  const input = storable(sent);
  if (input.type === 'reachability') return { intake, effects: [] };
  if (intake.status !== 'open') return { intake, effects: [afterwards(input)] };
  const walked = walk(flow, touched(intake, around), around);
  switch (input.type) {
    case 'text':
      return onText(walked, input);
    case 'tap':
      return onTap(walked, input.tap, input);
    case 'command':
      return onCommand(walked, input.name);
    case 'media':
      return onMedia(walked, input);
    case 'place':
      return onPlace(walked, input);
    default:
      return askAgain(walked, [{ type: 'unfit', input }]);
  }
}

/** Asks the open question once more: a parked form is taken up again, something else was said in between. */
export const resume = (flow: Flow, intake: Intake, around: Around): Turn => askAgain(walk(flow, intake, around));

/** What a number of the open question's buttons stands for, as shown from 1. */
export function tapOfNumber(flow: Flow, intake: Intake, around: Around, number: number): Tap | undefined {
  const walked = walk(flow, intake, around);
  return walked.next === undefined ? undefined : buttonsFor(walked, walked.next).flat()[number - 1]?.tap;
}

/** The question now open; undefined where all is answered. Derived from the answers, never stored. */
export const nextStep = (flow: Flow, intake: Intake, around: Around): string | undefined => walk(flow, intake, around).next;

/** A form that is no longer open files nothing: taps hear so kindly, words and files go to the desk. */
const afterwards = (input: Input): Effect => (input.type === 'tap' || input.type === 'command' ? formFinished : { type: 'unfit', input });

/** Its words as they can be kept. */
function storable(input: Input): Input {
  if (input.type === 'text') return { ...input, text: cleaned(input.text) };
  return input.type === 'media' && input.caption !== undefined ? { ...input, caption: cleaned(input.caption) } : input;
}

import { intakeIdFrom, shownLetters } from '../../domain/chance.ts';
import type { Intake } from '../../domain/conversation.ts';
import type { Input } from '../../domain/message.ts';
import type { Turn } from '../../flow/effect.ts';
import { advance, type Brought, begin, resume } from '../../flow/engine.ts';
import type { Flow } from '../../flow/flow.ts';
import { file, filePerson } from './filed.ts';
import { homeButton, showDoors } from './home.ts';
import { askWhere, keepLoose } from './loose.ts';
import { around, button, remember, say, type Talk } from './talk.ts';

const DAY_MS = 86_400_000;
/** An open form nobody touched so long is put aside; one put aside so long is given up. Its messages stay where they are. */
const OPEN_FOR_MS = 3 * DAY_MS;
const PARKED_FOR_MS = 7 * DAY_MS;
/** Forms kept aside at once. */
const PARKED_AT_MOST = 5;

/** The form of that name; undefined where this release has none. */
export const flowNamed = ({ context }: Talk, name: string): Flow | undefined =>
  Object.hasOwn(context.flows, name) ? context.flows[name] : undefined;

/** Opens a form and asks its first question; one that was open is put aside. `brought`: what was said before. */
export function openForm(talk: Talk, name: string, subject?: string, brought?: Brought): void {
  const flow = flowNamed(talk, name);
  if (!flow) {
    showDoors(talk);
    return;
  }
  park(talk);
  follow(talk, begin(flow, around(talk), intakeIdFrom(talk.chance), subject, brought));
}

/** Asks the open question of a form once more. */
export function askAgain(talk: Talk, intake: Intake): void {
  const flow = flowNamed(talk, intake.flow);
  if (flow) follow(talk, resume(flow, intake, around(talk)));
}

/** Hands an input to the open form. */
export function answerForm(talk: Talk, intake: Intake, input: Input): void {
  const flow = flowNamed(talk, intake.flow);
  if (!flow) {
    closeForm(talk);
    showDoors(talk, 'desk:form.gone');
    return;
  }
  follow(talk, advance(flow, intake, input, around(talk)));
}

/** What a turn of a form leads to. */
export function follow(talk: Talk, { intake, effects }: Turn): void {
  const form = withoutTaps(talk, intake);
  if (form.status === 'open') {
    remember(talk, { intake: form });
  } else {
    closeForm(talk);
    remember(talk, { finished: { intake: intake.id } });
  }
  for (const effect of effects) {
    switch (effect.type) {
      case 'say':
      case 'ask':
        say(talk, effect.saying);
        break;
      case 'file':
        file(talk, form, effect.filing, effect.lines);
        break;
      case 'human':
        filePerson(talk, form, effect.filing, effect.lines);
        break;
      case 'abandoned':
        showDoors(talk);
        break;
      case 'unfit':
        keepLoose(talk, effect.input);
        say(talk, { key: 'desk:loose.kept' });
        break;
    }
  }
  // What fitted nowhere on the way is offered once the form is out of the way.
  if (intake.status === 'submitted' && talk.memory.loose.length > 0) askWhere(talk);
}

/** A tap is part of the form, and no message for the thread of the case it becomes. */
function withoutTaps({ inbound, desk }: Talk, intake: Intake): Intake {
  const { type } = inbound.input;
  if (type === 'text' || type === 'media' || type === 'place') return intake;
  const { privateMessages = [] } = intake;
  return privateMessages.includes(desk.message.id) ? intake : { ...intake, privateMessages: [...privateMessages, desk.message.id] };
}

function closeForm(talk: Talk): void {
  const { intake: _closed, ...rest } = talk.memory;
  talk.memory = rest;
}

/** Puts the open form aside, if anything was said in it. */
export function park(talk: Talk): void {
  const { intake } = talk.memory;
  if (!intake) return;
  closeForm(talk);
  if (Object.keys(intake.answers).length === 0) return;
  remember(talk, { parked: [{ ...intake, status: 'parked' as const }, ...talk.memory.parked].slice(0, PARKED_AT_MOST) });
}

/** Forms that were left alone too long: the open one is put aside, those put aside are given up. True where one was just put aside. */
export function putOldFormsAside(talk: Talk): boolean {
  const { now } = talk.chance;
  const stale = talk.memory.intake !== undefined && now - talk.memory.intake.touchedAt > OPEN_FOR_MS;
  if (stale) park(talk);
  const fresh = talk.memory.parked.filter(({ touchedAt }) => now - touchedAt <= PARKED_FOR_MS);
  if (fresh.length < talk.memory.parked.length) remember(talk, { parked: fresh });
  return stale && fresh.length > 0;
}

/** Takes a form put aside up again; the open one is put aside in its stead. */
export function unpark(talk: Talk, id: string): Intake | undefined {
  const parked = talk.memory.parked.find((intake) => intake.id === id);
  if (!parked) return undefined;
  park(talk);
  const intake: Intake = { ...parked, status: 'open', touchedAt: talk.chance.now };
  remember(talk, { intake, parked: talk.memory.parked.filter((other) => other.id !== id) });
  return intake;
}

/** A tap of a form that is no longer open changes nothing, and says so kindly; a form that is open is asked on. */
export function sayFinished(talk: Talk, id: string): void {
  const { finished, intake } = talk.memory;
  const reference = finished?.intake === id ? finished.reference : undefined;
  if (reference !== undefined) {
    say(talk, {
      key: 'desk:form.finished',
      values: { reference: shownLetters(reference) },
      buttons: [[button('desk:form.show', { on: 'case', reference, act: 'show' }), homeButton]],
    });
  } else if (intake) {
    say(talk, { key: 'flow:finished' });
  } else {
    showDoors(talk, 'desk:form.gone');
  }
  if (intake) askAgain(talk, intake);
}

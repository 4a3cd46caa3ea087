import type { Intake } from '../../domain/conversation.ts';
import type { MyCase } from '../../domain/decision.ts';
import type { Button, Input } from '../../domain/message.ts';
import { shortened } from '../../flow/clean.ts';
import type { Brought } from '../../flow/engine.ts';
import { briefly } from './briefly.ts';
import { openForm } from './form.ts';
import { continueButton, homeButton } from './home.ts';
import { addToCase } from './mine.ts';
import { isOpen, myCases } from './own.ts';
import { button, remember, say, type Talk } from './talk.ts';

/** Words and files kept at once until the resident says where they belong; older ones stay in the conversation alone. */
const KEPT_AT_MOST = 20;
const SHORT_CHARACTERS = 500;
/** Cases offered for words that fit nothing. */
const CASES_OFFERED = 5;

/** Keeps what fitted nothing: nobody's words are dropped. `short`: over the allowance, where the whole stays in the conversation alone. */
export function keepLoose(talk: Talk, input: Input, short = false): void {
  const whole = textOf(input)?.trim();
  const text = whole && short ? shortened(whole, SHORT_CHARACTERS) : whole;
  const media = input.type === 'media' ? input.items.map(({ id }) => id) : [];
  if (!text && media.length === 0) return;
  const { loose } = talk.memory;
  const { id } = talk.desk.message;
  // Parts of an album are one message.
  const before = loose.find(({ message }) => message === id);
  const words = [before?.text, text].filter(Boolean).join('\n');
  const kept = { message: id, ...(words !== '' && { text: words }), media: [...(before?.media ?? []), ...media] };
  remember(talk, { loose: [...loose.filter((one) => one !== before), kept].slice(-KEPT_AT_MOST) });
}

function textOf(input: Input): string | undefined {
  if (input.type === 'text') return input.text;
  if (input.type === 'media') return input.caption;
  return input.type === 'place' ? (input.label ?? `${input.latitude.toFixed(5)}, ${input.longitude.toFixed(5)}`) : undefined;
}

/** What was sent while a form was open goes where the form goes, also what had no place in it: its message is whole, and is offered nowhere else. */
export function goesAlong(talk: Talk, { messages }: Pick<Intake, 'messages'>): void {
  const { loose } = talk.memory;
  const others = loose.filter(({ message }) => !messages.includes(message));
  if (others.length === loose.length) return;
  remember(talk, { loose: others });
  say(talk, { key: 'desk:loose.went' });
}

/** Asks where the kept words belong: the form put aside, a case still open, or a door. */
export function askWhere(talk: Talk): void {
  const cases = myCases(talk).filter(({ file }) => isOpen(file));
  say(talk, {
    key: 'desk:loose.ask',
    expects: 'choice',
    buttons: [
      ...talk.memory.parked.map((intake) => [continueButton(intake)]),
      ...cases.slice(0, CASES_OFFERED).map((mine) => [addButton(mine)]),
      [button('desk:loose.report', { on: 'home', door: 'report' }), button('desk:loose.help', { on: 'home', door: 'help' })],
      [homeButton],
    ],
  });
}

/** Marks the tap that brings kept words to a case, apart from the one that begins a new message. */
const LOOSE = 'loose';
export const bringsLoose = (value: string | undefined): boolean => value === LOOSE;

const addButton = ({ file, content }: MyCase): Button =>
  button('desk:loose.case', { on: 'case', reference: file.reference, act: 'add', value: LOOSE }, { what: briefly(content.summary) });

/** Opens a door with the kept words as what was said first, and the kept files with them. */
export const openDoor = (talk: Talk, name: string): void => openForm(talk, name, undefined, takeLoose(talk));

/** The kept words and files, kept no longer: whoever takes them brings them somewhere. */
export function takeLoose(talk: Talk): Required<Brought> {
  const { loose } = talk.memory;
  if (loose.length > 0) remember(talk, { loose: [] });
  return {
    text: loose.flatMap(({ text }) => text ?? []).join('\n'),
    media: loose.flatMap(({ media }) => media),
    messages: loose.map(({ message }) => message),
  };
}

/** The kept words go to a case of theirs. */
export const bringLooseTo = (talk: Talk, mine: MyCase): void => addToCase(talk, mine, takeLoose(talk).messages);

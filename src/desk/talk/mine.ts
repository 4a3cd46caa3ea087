import { type Id, shownLetters } from '../../domain/chance.ts';
import type { MyCase } from '../../domain/decision.ts';
import type { Button } from '../../domain/message.ts';
import type { CaseTap } from '../../domain/tap.ts';
import { briefly } from './briefly.ts';
import { homeButton } from './home.ts';
import { inWordsOf } from './hours.ts';
import { mayDo, myCases } from './own.ts';
import { progressOf } from './progress.ts';
import { button, change, say, type Talk } from './talk.ts';

/** All the resident told us, newest first. */
export function showMine(talk: Talk): void {
  const cases = myCases(talk);
  const lookUp = [button('mine:look-up', { on: 'home', door: 'lookup' }), homeButton];
  if (cases.length === 0) {
    say(talk, { key: 'mine:none', expects: 'choice', buttons: [lookUp] });
    return;
  }
  say(talk, { key: 'mine:list', expects: 'choice', buttons: [...cases.map((mine) => [rowOf(mine)]), lookUp] });
}

const rowOf = ({ file, content }: MyCase): Button =>
  button(`mine:row.${file.status}`, { on: 'case', reference: file.reference, act: 'show' }, { what: briefly(content.summary) });

/** Where one case stands, in the resident's words: the last answer first, then the status and what can be done. */
export function showCase(talk: Talk, mine: MyCase): void {
  const { file, lastAnswer } = mine;
  if (lastAnswer) {
    say(talk, { key: 'mine:last', values: { date: inWordsOf(talk, lastAnswer.at), text: lastAnswer.text }, case: file.id });
  }
  const { key, values } = progressOf(talk, mine);
  say(talk, { key, values, case: file.id, expects: 'choice', buttons: [...deedRows(talk, mine), [homeButton]] });
}

/** What the resident may do with it now. */
export function deedRows(talk: Talk, mine: MyCase): Button[][] {
  const may = (act: Parameters<typeof mayDo>[2]) => mayDo(talk, mine, act);
  const unsolved = mine.file.status === 'closed' ? 'unsolved-after-all' : 'unsolved';
  const asked = [...(may('say-solved') ? [deed(mine, 'solved')] : []), ...(may('say-unsolved') ? [deed(mine, 'unsolved', unsolved)] : [])];
  const unsure = may('say-unsure') ? [deed(mine, 'unsure')] : [];
  const rest = [
    ...(may('add') && mine.file.status !== 'withdrawn' ? [deed(mine, 'add')] : []),
    ...(may('withdraw') ? [deed(mine, 'withdraw')] : []),
  ];
  return [asked, unsure, rest].filter((row) => row.length > 0);
}

const deed = ({ file }: MyCase, act: CaseTap, label: string = act): Button =>
  button(`mine:does.${label}`, { on: 'case', reference: file.reference, act });

/** Messages of the resident go to a case; whoever handles it is told by the event. */
export function layIntoCase(talk: Talk, { file }: MyCase, messages: readonly Id[]): void {
  change(
    talk,
    { do: 'fileMessages', case: file.id, messages },
    { do: 'event', case: file.id, verb: 'message-added', actor: { kind: 'resident' } },
  );
}

/** Messages go to a case, and the resident hears so. */
export function addToCase(talk: Talk, mine: MyCase, messages: readonly Id[]): void {
  layIntoCase(talk, mine, messages);
  const { file } = mine;
  say(talk, {
    key: 'mine:added',
    values: { reference: shownLetters(file.reference) },
    case: file.id,
    buttons: [[button('mine:does.show', { on: 'case', reference: file.reference, act: 'show' })], [homeButton]],
  });
}

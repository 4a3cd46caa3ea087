import type { MyCase } from '../../domain/decision.ts';
import type { MoveName } from '../../domain/moves.ts';
import type { CaseTap, Tap } from '../../domain/tap.ts';
import { unsolvedSubject } from '../../flows/unsolved.ts';
import { notNow, saySolved, sayUnsure } from './afterwards.ts';
import { openForm } from './form.ts';
import { homeButton } from './home.ts';
import { bringLooseTo, bringsLoose } from './loose.ts';
import { showCase, showMine } from './mine.ts';
import { mayDo, myCase, myCases } from './own.ts';
import { button, say, type Talk } from './talk.ts';
import { answerTyped, isLabel } from './typed.ts';

/** What stands under a case of theirs: the move of the table it is, and what it does. */
const deeds: Readonly<Record<CaseTap, { move?: MoveName; does: (talk: Talk, mine: MyCase, value: string | undefined) => void }>> = {
  show: { does: showCase },
  add: {
    move: 'add',
    does: (talk, mine, value) => {
      if (bringsLoose(value) && talk.memory.loose.length > 0) bringLooseTo(talk, mine);
      else openForm(talk, 'message', mine.file.reference);
    },
  },
  withdraw: { move: 'withdraw', does: (talk, { file }) => openForm(talk, 'withdraw', file.reference) },
  solved: { move: 'say-solved', does: saySolved },
  unsure: { move: 'say-unsure', does: sayUnsure },
  unsolved: { move: 'say-unsolved', does: (talk, { file }) => openForm(talk, 'unsolved', unsolvedSubject(file.reference, file.kind)) },
};

/** What is tapped under a case; an old button of a case that has moved on shows where it stands instead. */
export function caseTapped(talk: Talk, { reference, act, value }: Extract<Tap, { on: 'case' }>): void {
  const mine = myCase(talk, reference);
  if (!mine) {
    say(talk, { key: 'mine:not-yours', buttons: [[button('mine:look-up', { on: 'home', door: 'lookup' }), homeButton]] });
    return;
  }
  doTo(talk, mine, act, value);
}

function doTo(talk: Talk, mine: MyCase, act: CaseTap, value: string | undefined): void {
  const { move, does } = deeds[act];
  if (move === undefined || mayDo(talk, mine, move)) does(talk, mine, value);
  else notNow(talk, mine);
}

/** Deeds that people write instead of tapping, by the labels they stand under. */
const typed: readonly (readonly [label: string, act: CaseTap])[] = [
  ['solved', 'solved'],
  ['unsure', 'unsure'],
  ['unsolved', 'unsolved'],
  ['unsolved-after-all', 'unsolved'],
  ['add', 'add'],
  ['withdraw', 'withdraw'],
];

/**
 * A deed by its label, in any language: done to the case whose message it answers, or where just one of their cases allows it, else
 * they choose the case. True where it was one.
 */
export function deedTyped(talk: Talk, text: string, quoted?: MyCase): boolean {
  const named = typed.find(([label]) => isLabel(talk, text, `mine:does.${label}`))?.[1];
  const act = named ?? (quoted && answerTyped(talk, text));
  if (!act) return false;
  if (quoted) {
    doTo(talk, quoted, act, undefined);
    return true;
  }
  const { move, does } = deeds[act];
  const able = myCases(talk).filter((mine) => move !== undefined && mayDo(talk, mine, move));
  const [only] = able;
  if (only && able.length === 1) does(talk, only, undefined);
  else showMine(talk);
  return true;
}

import type { MyCase } from '../../domain/decision.ts';
import type { Input } from '../../domain/message.ts';
import { notNow } from './afterwards.ts';
import { tooMany } from './allowances.ts';
import { deedTyped } from './deeds.ts';
import { askAgain } from './form.ts';
import { keptOf } from './media.ts';
import { addToCase } from './mine.ts';
import { mayDo, quotedCase } from './own.ts';
import { say, type Talk } from './talk.ts';

/**
 * Words, files or a place that answer an earlier message go to that message's case: the deed they name is done, all else is added.
 * An open form stays open and is asked again. False where the message is of no case of theirs.
 */
export function heardByCase(talk: Talk, input: Extract<Input, { type: 'text' | 'media' | 'place' }>): boolean {
  const mine = quotedCase(talk);
  if (!mine) return false;
  const { intake } = talk.memory;
  if (input.type !== 'text' || !deedTyped(talk, input.text, mine)) add(talk, mine, input);
  if (intake && talk.memory.intake?.id === intake.id) askAgain(talk, intake);
  return true;
}

function add(talk: Talk, mine: MyCase, input: Input): void {
  if (!mayDo(talk, mine, 'add')) {
    notNow(talk, mine);
    return;
  }
  if (input.type === 'media') {
    const kept = tooMany(talk, 'media') ? [] : keptOf(talk, input);
    if (kept.length === 0 && !input.caption?.trim()) return;
    if (kept.length > 0) say(talk, { key: 'desk:quoted.files' });
  }
  addToCase(talk, mine, [talk.desk.message.id]);
}

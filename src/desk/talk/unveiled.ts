import { showMine } from './mine.ts';
import { change, found, type Talk } from './talk.ts';
import { showTyped } from './typed.ts';

/**
 * The words behind a notice, typed for where there is no button to tap: they come by themselves, whatever form is open. Where nothing
 * waits and no form is open, where their cases stand. True where that was wanted.
 */
export function unveiled(talk: Talk, text: string): boolean {
  if (!talk.inbound.numbered || !showTyped(talk, text)) return false;
  if ((found(talk, { what: 'veiled' })?.waiting ?? 0) > 0) {
    change(talk, { do: 'unveil' });
    return true;
  }
  if (talk.memory.intake) return false;
  showMine(talk);
  return true;
}

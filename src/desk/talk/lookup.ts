import { lettersTyped, looksLikeLetters } from '../../domain/chance.ts';
import type { MyCase } from '../../domain/decision.ts';
import { homeButton } from './home.ts';
import { showCase } from './mine.ts';
import { button, change, found, remember, say, type Talk } from './talk.ts';

/**
 * Reference and code open a case on another phone. Wrong, missing and misspelled get the same words;
 * after too many wrong tries nothing is even compared.
 */
export function lookUp(talk: Talk, typed: { reference: string; code: string }): void {
  const { mine, limited } = matched(talk, typed);
  if (mine) {
    if (mine.guest) {
      change(talk, { do: 'linkGuest', case: mine.file.id });
      if (!talk.memory.guestCases.includes(mine.file.id)) remember(talk, { guestCases: [...talk.memory.guestCases, mine.file.id] });
      say(talk, { key: 'mine:guest', case: mine.file.id });
    }
    talk.result = { found: true };
    showCase(talk, mine);
    return;
  }
  talk.result = { found: false, ...(limited && { limited: true }) };
  say(talk, {
    key: limited ? 'mine:lookup.limited' : 'mine:lookup.not-found',
    buttons: [[...(limited ? [] : [button('mine:look-up', { on: 'home', door: 'lookup' })]), homeButton]],
  });
}

function matched(talk: Talk, typed: { reference: string; code: string }): { mine?: MyCase; limited: boolean } {
  const reference = lettersTyped(typed.reference);
  const code = lettersTyped(typed.code);
  const { peer } = talk.inbound;
  const answer = found(talk, { what: 'lookup', reference, code, ...(peer !== undefined && { peer }) });
  if (answer?.limited) return { limited: true };
  if (answer?.case && looksLikeLetters(reference) && looksLikeLetters(code)) return { mine: answer.case, limited: false };
  change(talk, { do: 'wrongLookup', reference, ...(peer !== undefined && { peer }) });
  return { limited: false };
}

import { type CommandName, commandNames } from '../../domain/message.ts';
import { doors } from './home.ts';
import { quotedCase } from './own.ts';
import type { Talk } from './talk.ts';

/** Longer than anything that stands on a button or for a command: such words mean themselves. */
const LONGEST = 200;

/** Width, case, punctuation and spaces around don't matter. */
const bare = (words: string): string => (words.length > LONGEST ? words : trimmed(words));

const trimmed = (words: string): string =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[\s\p{P}]+|[\s\p{P}~]+$/gu, '');

/** A command typed as a word, in any language: for channels without buttons, and for people who just write it. */
export const commandTyped = (talk: Talk, text: string): CommandName | undefined =>
  commandNames.find((name) => isOneOf(talk, text, `desk:typed.${name}`));

/** What a case was asked about is answered in words of one's own: solved, not solved, not sure. */
export const answerTyped = (talk: Talk, text: string) =>
  (['solved', 'unsolved', 'unsure'] as const).find((act) => isOneOf(talk, text, `desk:typed.${act}`));

/** Wants to see what only a notice was given of. */
export const showTyped = (talk: Talk, text: string): boolean => isOneOf(talk, text, 'desk:typed.show');

/** Nothing but hello. */
export const onlyHello = (talk: Talk, text: string): boolean => isOneOf(talk, text, 'desk:typed.hello');

/** A door by its label, in any language; where no form or message of a case asks for something, also by its number as shown. */
export function doorTyped(talk: Talk, text: string): string | undefined {
  const typed = bare(text);
  const free = !talk.memory.intake && !quotedCase(talk) && !talk.memory.offered;
  const numbered = free && /^[1-5]$/.test(typed) ? doors[Number(typed) - 1] : undefined;
  return numbered ?? doors.find((door) => isLabel(talk, text, `desk:door.${door}`));
}

/** Whether the text is that button's label, in any language. */
export const isLabel = ({ context: { words } }: Talk, text: string, key: string): boolean =>
  words.locales.some((locale) => bare(words.t(key, locale)) === bare(text));

const isOneOf = ({ context, locale }: Talk, text: string, key: string): boolean =>
  context.words.t(key, locale).split('|').includes(bare(text));

/** A line to choose by its number, as a resident reads it. */
export interface Choice {
  number: string;
  label: string;
}

/** The list a text ends with, and the words before it. */
export interface Asked {
  words: string;
  choices: readonly Choice[];
}

const LAST = '回数字就行。';

/** What the newest text with a list asks. */
export function askedIn(texts: readonly string[]): Asked | undefined {
  const text = texts.findLast((one) => one.endsWith(LAST));
  if (text === undefined) return undefined;
  const lines = text.split('\n').slice(0, -1);
  const from = lines.findLastIndex((line) => !/^\d+\. /.test(line)) + 1;
  const choices = lines.slice(from).map((line) => {
    const [, number = '', label = ''] = /^(\d+)\. (.*)$/.exec(line) ?? [];
    return { number, label };
  });
  return { words: lines.slice(0, from).join('\n'), choices };
}

/** The first question of a form, which comes without a list. */
export const asksForWords = (text: string): boolean => /(您说，什么事|您需要什么帮助|您想补充什么)[^\n]*$/.test(text);
export const isQuestion = (text: string): boolean => text.endsWith(LAST) || asksForWords(text);

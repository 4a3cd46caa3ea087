/** A lone half of a surrogate pair, which no UTF-8 file can hold. */
const LONE_SURROGATE = /\p{Surrogate}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u2028\u2029]/g;

/** The words as they can be kept: well-formed, without control characters, trimmed; nothing else is changed. */
export const cleaned = (text: string): string => text.replace(/\r\n?/g, '\n').replace(LONE_SURROGATE, '\uFFFD').replace(CONTROL, '').trim();

/** Length as people count it: an emoji of one code point is one. */
export const lengthOf = (text: string): number => [...text].length;

const UNITS_A_CHARACTER = 16;
const segmenter = new Intl.Segmenter();

/** At most so many characters, never cut inside one that a reader sees as one. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  // Nobody reads a letter under more marks than this; without a bound, long ones cost the square of their length.
  const start = text.slice(0, most * UNITS_A_CHARACTER);
  const characters = Array.from(segmenter.segment(start), ({ segment }) => segment);
  return characters.length <= most && start.length === text.length ? text : `${characters.slice(0, most - 1).join('')}…`;
}

import { z } from 'zod';
import { lengthOf } from '../clean.ts';
import type { Reading, Step } from '../step.ts';

/** One message holds at most so many characters; more is asked for in two pieces. */
export const ONE_MESSAGE = 4000;
/** All that is gathered into one answer, message by message. */
export const ALL_WORDS = 20_000;

interface TextRules {
  min?: number;
  max?: number;
  /** Brings what was typed into one form before it is judged. */
  tidy?: (typed: string) => string;
  /** Whether the tidied words are an answer. */
  fits?: (tidied: string) => boolean;
}

/** Words. */
export function text({ min = 1, max = ONE_MESSAGE, tidy = (typed) => typed, fits = () => true }: TextRules = {}): Step<string> {
  const read = (typed: string): Reading => {
    const words = tidy(typed);
    const length = lengthOf(words);
    if (length > max) return { is: 'wrong', key: 'flow:tooLong', values: { max, length } };
    return length >= min && fits(words) ? { is: 'answer', value: words } : { is: 'wrong' };
  };
  const schema = z.string().refine((words) => lengthOf(words) >= min && lengthOf(words) <= Math.max(max, ALL_WORDS) && fits(words));
  return { kind: 'text', expects: 'text', answer: schema, hear: read, show: (words) => ({ words }) };
}

/** A number one can be called on: 6 to 15 digits, however they are spaced. */
export const phone = (): Step<string> => ({
  ...text({ max: 40, tidy: (typed) => typed.normalize('NFKC').replace(/[^\d+]/g, ''), fits: (digits) => /^\+?\d{6,15}$/.test(digits) }),
  expects: 'phone',
});

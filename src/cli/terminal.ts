import type { Words } from '../i18n.ts';

/** Where a command speaks: plain words to the operator, one language at a time. */
export interface Terminal {
  /** What was asked for, to standard output. */
  say(key: string, values?: Readonly<Record<string, string | number>>): void;
  /** What went wrong, to standard error. */
  complain(key: string, values?: Readonly<Record<string, string | number>>): void;
  /** A line that is data rather than words. */
  line(text: string): void;
  words(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** Everything on standard input, until it ends. */
  input(): Promise<string>;
}

/** A terminal that speaks one locale over two ways to write a line. */
export function terminalOver(
  words: Words,
  locale: string,
  { out, err, input }: { out(line: string): void; err(line: string): void; input(): Promise<string> },
): Terminal {
  const inWords: Terminal['words'] = (key, values) => words.t(key, locale, values);
  return {
    words: inWords,
    say: (key, values) => out(inWords(key, values)),
    complain: (key, values) => err(inWords(key, values)),
    line: out,
    input,
  };
}

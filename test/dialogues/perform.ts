import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { difference, parse } from './script.ts';
import { type Over, Stage } from './stage.ts';

/** The dialogues of a language, by name. */
export function dialoguesIn(locale: string): { name: string; text: string }[] {
  const folder = join(import.meta.dirname, locale);
  return readdirSync(folder)
    .sort()
    .map((file) => ({ name: file.replace('.txt', ''), text: readFileSync(join(folder, file), 'utf8') }));
}

/** Plays a dialogue to its end; fails at the first line that is not said as written. */
export async function perform(locale: string, name: string, text: string, said: (key: string) => void, over: Over): Promise<void> {
  const stage = await Stage.open(locale, said, text.includes('* there is no inspector'), over);
  try {
    for (const step of parse(text)) {
      const at = `${locale}/${name}:${step.line}`;
      const heard = await stage.play(step).catch((cause: Error) => {
        throw new Error(`${at} ${step.does}\n${cause.message}`, { cause });
      });
      const seen = over.startsWith('wechat') ? inOneMessage : (lines: readonly string[]) => lines;
      const [written, shown] = [seen(step.hears), seen(heard)];
      if (shown.join('\n') !== written.join('\n')) {
        expect.fail(`${at}\n${step.by === 'world' ? '*' : '>'} ${step.does}\n${difference(written, shown)}`);
      }
    }
  } finally {
    await stage.close();
  }
}

/** Several sayings share one message there, and each choice has a line of its own. */
const inOneMessage = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => (line.startsWith('[') ? line.split(/(?<=\]) (?=\[)/) : [line.replace(/^(?:< | {2})/, '')]));

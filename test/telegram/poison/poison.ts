import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something that Telegram should never bring, and what is to come of it: one file of this folder. */
export interface Poison {
  /** Its folder and file: `taps/door-constructor`. */
  name: string;
  /** Why it is poison, in a sentence. */
  why: string;
  /** Given where it cannot come by long polling; bytes never can. */
  only?: 'webhook';
  /** What the resident did before: a form is open. */
  before?: 'form';
  /** Its updates, with places to be filled in ({@link filled}). */
  updates?: readonly unknown[];
  /** In their stead the bytes of a request, piece by piece. */
  body?: readonly unknown[];
  /** How that request is not as Telegram makes it. */
  headers?: Readonly<Record<string, string>>;
  /** Good words of it that must be found in the resident's own thread. */
  kept: readonly unknown[];
  /** Words of it that must be found in what is kept sealed of updates that nobody can read. */
  raw?: readonly unknown[];
  /** Files that must be found in the thread. */
  files?: number;
  /** What its resident may be told: nothing, anything, or at least these words. */
  said: 'nothing' | 'anything' | (string & {});
  /** How a tap is answered: as any, or kindly as one on a button that means nothing any more. */
  tap?: 'taken' | 'worn';
}

/** All poisons, in the order of their names. */
export function poisons(): Poison[] {
  const folder = import.meta.dirname;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => ({ ...JSON.parse(readFileSync(join(folder, file), 'utf8')), name: file.slice(0, -'.json'.length) }));
}

/** What stands for a `#{name}`. */
export type Values = (name: string) => string | number;

/**
 * The value with everything filled in: `#{name}` alone is the value itself, within words its text; and an object of one of the marks
 * below becomes what it describes, so that the absurdly big stays readable here.
 */
export function filled(value: unknown, values: Values): unknown {
  if (typeof value === 'string') return filledText(value, values);
  if (Array.isArray(value)) return value.map((one) => filled(one, values));
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  const mark = Object.keys(marks).find((one) => Object.hasOwn(fields, one));
  if (mark !== undefined) return marks[mark]?.(fields, values);
  return Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, filled(one, values)]));
}

function filledText(text: string, values: Values): string | number {
  const [, alone] = /^#\{(\w+)\}$/.exec(text) ?? [];
  return alone === undefined ? text.replace(/#\{(\w+)\}/g, (_, name: string) => String(values(name))) : values(alone);
}

const marks: Readonly<Record<string, (fields: Readonly<Record<string, unknown>>, values: Values) => unknown>> = {
  /** The same text many times. */
  $repeat: ({ $repeat, times }, values) => String(filled($repeat, values)).repeat(Number(times)),
  /** Texts, one behind the other. */
  $join: ({ $join }, values) => ($join as unknown[]).map((one) => filled(one, values)).join(''),
  /** A number as text, below zero, or beside where it should be. */
  $text: ({ $text }, values) => String(filled($text, values)),
  $negative: ({ $negative }, values) => -Number(filled($negative, values)),
  $half: ({ $half }, values) => Number(filled($half, values)) + 0.5,
  /** A list in a list in a list. */
  $nested: ({ $nested }) => {
    let nested: unknown[] = [];
    for (let depth = 1; depth < Number($nested); depth += 1) nested = [nested];
    return nested;
  },
  /** The same many times. */
  $list: ({ $list, times }, values) => Array.from({ length: Number(times) }, () => filled($list, values)),
  /** An object that has many fields more. */
  $fields: ({ $fields, of }, values) => ({
    ...Object.fromEntries(Array.from({ length: Number($fields) }, (_, at) => [`field_${at}`, at])),
    ...(filled(of, values) as object),
  }),
  /** What a message of a private chat has in any case, and what makes it this one. */
  $ordinary: ({ $ordinary }, values) => filled({ ...ordinary, ...($ordinary as object) }, values),
};

const ordinary = {
  message_id: '#{message}',
  date: '#{now}',
  chat: { id: '#{me}', type: 'private' },
  from: { id: '#{me}', is_bot: false, first_name: '李明' },
};

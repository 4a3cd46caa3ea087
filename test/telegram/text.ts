import type { MessageEntity } from 'grammy/types';
import { badRequest } from './refusal.ts';

/** The longest text of a message and caption of a file, in UTF-16 units. */
export const longestText = 4096;
export const longestCaption = 1024;

// As TDLib cleans every text: control characters become spaces, carriage returns and marks that turn lines around go.
const control = /[^\P{Cc}\n\u007f-\u009f]/gu;
const outer = /^[ \n]+|[ \n]+$/g;
const turned = /[\r\u2028-\u202e]/g;

/** The text as a reader gets to see it. Lone surrogates can't be written in UTF-8 and are refused. */
export function shown(text: string, what = 'text'): string {
  if (!isWellFormed(text)) throw badRequest(`${what} must be encoded in UTF-8`);
  return text.replace(turned, '').replace(control, ' ').replace(outer, '');
}

/** Whether every surrogate has its other half. */
export const isWellFormed = (text: string): boolean => !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);

/** A text with its marks read away: only HTML is understood here, what else Telegram knows is refused aloud. */
export function parsed(text: string, mode: string): { text: string; entities: MessageEntity[] } {
  if (mode === '') return { text, entities: [] };
  if (mode.toLowerCase() !== 'html') throw badRequest('unsupported parse_mode');
  return fromHtml(text);
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const tags = new Map<string, MessageEntity['type']>([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['del', 'strikethrough'],
  ['tg-spoiler', 'spoiler'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['blockquote', 'blockquote'],
  ['a', 'text_link'],
]);

function fromHtml(source: string): { text: string; entities: MessageEntity[] } {
  const open: { tag: string; offset: number; url: string }[] = [];
  const entities: MessageEntity[] = [];
  let text = '';
  let at = 0;
  for (const found of source.matchAll(/<(\/?)([a-z-]*)([^>]*)>|&(#\d+|#x[\da-f]+|[a-z]+);|</gi)) {
    text += source.slice(at, found.index);
    at = found.index + found[0].length;
    const [whole, slash, name = '', rest = '', entity] = found;
    if (entity !== undefined) {
      text += character(entity) ?? whole;
      continue;
    }
    const tag = name.toLowerCase();
    const byte = Buffer.byteLength(source.slice(0, found.index));
    if (whole === '<' || !tags.has(tag)) throw badRequest(`can't parse entities: Unsupported start tag "${tag}" at byte offset ${byte}`);
    if (slash !== '/') {
      open.push({ tag, offset: text.length, url: /href\s*=\s*["']?([^"'\s>]*)/i.exec(rest)?.[1] ?? '' });
      continue;
    }
    const begun = open.pop();
    if (begun?.tag !== tag) throw badRequest(`can't parse entities: Unmatched end tag at byte offset ${byte}`);
    const range = { offset: begun.offset, length: text.length - begun.offset };
    if (range.length > 0) entities.push({ type: tags.get(tag), ...range, ...(tag === 'a' && { url: begun.url }) } as MessageEntity);
  }
  const last = open.at(-1);
  if (last) throw badRequest(`can't parse entities: Can't find end tag corresponding to start tag "${last.tag}"`);
  return { text: text + source.slice(at), entities: entities.sort((a, b) => a.offset - b.offset) };
}

function character(entity: string): string | undefined {
  if (!entity.startsWith('#')) return named[entity.toLowerCase()];
  const code = entity[1]?.toLowerCase() === 'x' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined;
}

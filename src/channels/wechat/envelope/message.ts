import { Malformed } from './rejection.ts';

/** What WeChat told, field by field: every leaf is a string with its own digits, `MsgId` being wider than a number here. */
export type Message = { readonly [field: string]: Part };
export type Part = string | Message | readonly Part[];

/** The deepest WeChat nests is a picture in a list of a menu event, 5; more is nobody's. */
export const DEPTH = 10;

/** A field's text without the space around it; undefined where it is missing, empty, or no text. */
export function textOf(message: Message, field: string): string | undefined {
  const part = message[field];
  return (typeof part === 'string' && part.trim()) || undefined;
}

/** A message of the given fields, without a prototype: no field's name means anything but itself. Throws `Malformed` on one told twice. */
export function messageOf(fields: Iterable<readonly [string, Part]>): Message {
  const message: Record<string, Part> = Object.create(null);
  for (const [field, part] of fields) {
    if (Object.hasOwn(message, field)) throw new Malformed('told-twice');
    message[field] = part;
  }
  return message;
}

import { z } from 'zod';
import { commandNames } from '../../domain/message.ts';

/** Longest text of one message, in UTF-16 units, and how much one upload may hold; the page keeps the same limits. */
export const TEXT_LIMIT = 4000;
export const FILES_AT_ONCE = 9;
export const FILE_BYTES = 10 * 1024 * 1024;

/** The page's own name of a message: makes a repeat harmless. */
const clientId = z.uuid().transform((id) => id.toLowerCase());
/** Half a character (a lone surrogate) is nothing a person typed; control characters but line ends and tabs go. */
const words = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !/\p{Surrogate}/u.test(text), 'half a character')
    .transform((text) => text.replace(/[^\P{Cc}\n\t]/gu, '').trim())
    .pipe(z.string().min(1));
const locale = z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/);
const startPayload = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** Opens a conversation, or says of an open one whose phone this is. */
export const sessionAsked = z.object({
  /** Own phone: the cookie lasts 180 days; otherwise until the browser closes. */
  ownPhone: z.boolean().default(false),
  locale,
  /** The payload of a deep link `/?start=`. */
  start: startPayload.optional(),
});
export type SessionAsked = z.input<typeof sessionAsked>;

export const sessionView = z.object({
  /** Whether this browser holds a conversation. */
  open: z.boolean(),
  /** Empty until the station has been named. */
  station: z.string(),
});
export type SessionView = z.infer<typeof sessionView>;

/** What a resident says or does. */
export const messageAsked = z.discriminatedUnion('type', [
  z.object({ id: clientId, type: z.literal('text'), text: words(TEXT_LIMIT) }),
  z.object({ id: clientId, type: z.literal('tap'), tap: z.string().min(3).max(200) }),
  z.object({ id: clientId, type: z.literal('command'), name: z.enum(commandNames) }),
  z.object({
    id: clientId,
    type: z.literal('place'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    label: words(300).optional(),
  }),
  z.object({ id: clientId, type: z.literal('start'), payload: startPayload }),
]);
export type MessageAsked = z.input<typeof messageAsked>;

/** The fields beside the files of an upload. */
export const mediaAsked = z.object({ id: clientId, caption: words(TEXT_LIMIT).optional() });

/** Kept for good, at this place in the order. */
export const taken = z.object({
  seq: z.number().int(),
  /** It had arrived before; nothing changed. */
  repeat: z.boolean(),
});
export type Taken = z.infer<typeof taken>;

export const lineMedia = z.object({
  id: z.string(),
  kind: z.enum(['photo', 'voice', 'audio', 'video', 'document']),
  mime: z.string().nullable(),
  bytes: z.number().int().nullable(),
  state: z.enum(['stored', 'stub', 'gone']),
  why: z.string().nullable(),
});
export type LineMedia = z.infer<typeof lineMedia>;

/** What became of an upload's files, in their order: one that could not be kept says why. */
export const mediaTaken = taken.extend({ media: z.array(lineMedia) });
export type MediaTaken = z.infer<typeof mediaTaken>;

/** One line of the conversation. */
export const line = z.object({
  id: z.string(),
  seq: z.number().int(),
  at: z.iso.datetime({ offset: true }),
  from: z.enum(['resident', 'bot', 'officer']),
  text: z.string(),
  signature: z.string().nullable(),
  buttons: z.array(z.array(z.object({ label: z.string(), tap: z.string(), style: z.enum(['plain', 'primary', 'danger']) }))),
  expects: z.enum(['text', 'choice', 'place', 'phone', 'photos', 'nothing']).nullable(),
  media: z.array(lineMedia),
  /** The page's own id of a message it sent. */
  clientId: z.string().nullable(),
  /** Shown until the page says it has it, then never again. */
  secret: z.string().nullable(),
});
export type Line = z.infer<typeof line>;
export type LineButton = Line['buttons'][number][number];

const place = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const messagesQuery = z.object({ after: place.default(0), limit: z.coerce.number().int().min(1).max(200).default(100) });
export const messagesView = z.object({
  items: z.array(line),
  /** There is more after the last of these. */
  more: z.boolean(),
});
export type MessagesView = z.infer<typeof messagesView>;

/** `Last-Event-ID`, where the browser sends it, goes before `after`. */
export const streamQuery = z.object({ after: place.default(0) });

/** Ids of lines the page now has; `after` is a place before the first of them, to find them quickly. */
export const receivedAsked = z.object({ ids: z.array(z.string().min(1).max(64)).min(1).max(200), after: place.default(0) });
export const receivedView = z.object({ received: z.number().int() });

export const lookupAsked = z.object({ id: clientId.optional(), reference: z.string().min(1).max(40), code: z.string().min(1).max(40) });
/** `limited`: too many wrong tries; nothing was compared. */
export const lookupView = z.object({ found: z.boolean(), limited: z.boolean() });
export type LookupView = z.infer<typeof lookupView>;

/** An error as application/problem+json (RFC 9457), in the reader's language: the parts the page shows. */
export interface Problem {
  title: string;
  status: number;
  code: string;
  detail?: string;
  retryAfter?: number;
}

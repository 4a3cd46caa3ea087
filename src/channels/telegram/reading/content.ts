import { randomUUID } from 'node:crypto';
import type { Input, Media, MediaKind } from '../../../domain/message.ts';
import { FILE_BYTES } from '../api.ts';
import { commandIn } from './command.ts';
import type { Message, TelegramFile } from './shape.ts';

/** What Telegram tells about a chat by itself; nobody said it, and nothing is to be answered. */
const TOLD_BY_ITSELF = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'chat_background_set',
  'connected_website',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'migrate_to_chat_id',
  'migrate_from_chat_id',
  'proximity_alert_triggered',
  'video_chat_started',
  'video_chat_ended',
  'successful_payment',
  'refunded_payment',
  'users_shared',
  'chat_shared',
] as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters, and those that turn writing around, are what is removed
const NOT_TYPED = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E\u2066-\u2069]/g;

/** Half a character, which no UTF-8 can hold. */
const HALF = /\p{Surrogate}/gu;

/** Nothing that a reader sees: blanks, characters without a shape, and the letters that are only room. */
const UNSEEN = /^[\s\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Words as a person meant them: whole characters, none that turn others around; none at all where nobody could see any. */
export function typed(text: string | undefined): string {
  const words = (text ?? '').replace(HALF, '\uFFFD').replace(NOT_TYPED, '').trim();
  return UNSEEN.test(words) ? '' : words;
}

/** What a message says; undefined where nobody said it. */
export function contentOf(message: Message): Input | undefined {
  const text = typed(message.text);
  if (text !== '') return commandIn(text) ?? { type: 'text', text };
  const caption = typed(message.caption);
  const file = fileOf(message);
  if (file) {
    const { media_group_id: group } = message;
    return { type: 'media', items: [file], ...(group !== undefined && { group }), ...(caption !== '' && { caption }) };
  }
  const { venue, contact, sticker } = message;
  const label = wordsOf(venue?.title, venue?.address);
  const location = venue?.location ?? message.location;
  if (location) return { type: 'place', ...location, datum: 'wgs84', ...(label !== '' && { label }) };
  const words = label || wordsOf(contact?.first_name, contact?.last_name, contact?.phone_number) || typed(sticker?.emoji) || caption;
  if (words !== '') return { type: 'text', text: words };
  return TOLD_BY_ITSELF.some((key) => Object.hasOwn(message, key)) ? undefined : { type: 'unknown', what: whatElse(message) };
}

/** What a venue or a contact says of itself, as words. */
const wordsOf = (...parts: readonly (string | undefined)[]): string =>
  parts
    .map(typed)
    .filter((part) => part !== '')
    .join(' ');

const KINDS: readonly (readonly [keyof Message & string, MediaKind])[] = [
  ['voice', 'voice'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['animation', 'video'],
  ['audio', 'audio'],
  ['document', 'document'],
];

/** The message's file, still to be fetched; of a photo the largest. One that no bot may fetch is known to be lost at once. */
function fileOf(message: Message): Media | undefined {
  if (message.photo) return stub('photo', largest(message.photo));
  for (const [key, kind] of KINDS) {
    const file = message[key] as TelegramFile | undefined;
    if (file) return stub(kind, file);
  }
  return undefined;
}

function stub(kind: MediaKind, { file_id, file_size, file_name }: TelegramFile): Media {
  const shownName = typed(file_name);
  const tooBig = file_size !== undefined && file_size > FILE_BYTES;
  return {
    id: randomUUID(),
    kind,
    state: 'stub',
    why: tooBig ? 'too-big' : 'not-fetched',
    ...(!tooBig && { fetchRef: file_id }),
    ...(shownName !== '' && { shownName }),
  };
}

const areaOf = ({ width = 0, height = 0 }: TelegramFile): number => width * height;
const largest = (sizes: readonly TelegramFile[]): TelegramFile =>
  sizes.reduce((one, other) => (areaOf(other) > areaOf(one) || (other.file_size ?? 0) > (one.file_size ?? 0) ? other : one));

/** The name of what we cannot read, as Telegram calls it. */
const ALWAYS_THERE = new Set(['message_id', 'chat', 'from', 'date', 'media_group_id', 'reply_to_message']);
function whatElse(message: Message): string {
  const key = Object.keys(message).find((name) => !ALWAYS_THERE.has(name) && message[name] !== undefined);
  return (key ?? 'nothing').slice(0, 60);
}

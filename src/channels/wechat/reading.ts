import { randomUUID } from 'node:crypto';
import type { Inbound, Input, Media, MediaKind } from '../../domain/message.ts';
import { tapFromText } from '../../domain/tap.ts';
import type { DeskForChannel } from '../channel.ts';
import type { Act } from './window.ts';

/** A message or event as the envelope gives it: every value is text, digits kept as they came. */
export type Fields = Readonly<Record<string, unknown>>;

/** What came: something a resident said or did, or what WeChat tells by itself. */
export type Reading =
  | { is: 'inbound'; inbound: Inbound; act: Act | undefined }
  | { is: 'nothing'; from: string; what: string; act: Act | undefined };

export interface Reader {
  bot: string;
  defaultLocale: string;
  words: DeskForChannel['words'];
}

/** Kept sealed for seven days where it can't be read; units of UTF-16. */
const RAW_UNITS = 64 * 1024;
/** A scene stands behind this where somebody follows by a QR code (developers.weixin.qq.com, 接收事件推送). */
const SCENE = 'qrscene_';

/** How the words begin that WeChat puts in the place of a sticker and other things it passes on to no account ("received an unsupported kind of message"). */
const NOT_PASSED_ON = '\u3010\u6536\u5230\u4e0d\u652f\u6301\u7684\u6d88\u606f\u7c7b\u578b';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters, and those that turn writing around, are what is removed
const NOT_TYPED = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202A-\u202E]/g;
const HALF = /\p{Surrogate}/gu;

/** Words as a person meant them: whole characters, none that hide or turn others around. */
const typed = (value: unknown): string => (typeof value === 'string' ? value.replace(HALF, '\uFFFD').replace(NOT_TYPED, '').trim() : '');
const plain = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Undefined where nobody could have sent it: no sender, no kind. */
export function readMessage(fields: Fields, reader: Reader): Reading | undefined {
  const from = plain(fields.FromUserName);
  const kind = plain(fields.MsgType);
  if (!/^[\w-]{1,128}$/.test(from) || kind === '') return undefined;
  return kind === 'event' ? readEvent(fields, from, reader) : readSaid(fields, from, kind, reader);
}

function readSaid(fields: Fields, from: string, kind: string, reader: Reader): Reading {
  const input = contentOf(fields, kind, reader);
  const id = plain(fields.MsgId) || eventId(fields, from);
  // A tap on a menu message comes as words, and opens no more than a tap does.
  const act = plain(fields.bizmsgmenuid) === '' ? 'message' : 'click';
  const inbound = inboundOf(fields, from, id, reader, input);
  return {
    is: 'inbound',
    inbound: input.type === 'unknown' ? { ...inbound, raw: JSON.stringify(fields).slice(0, RAW_UNITS) } : inbound,
    act,
  };
}

function contentOf(fields: Fields, kind: string, { words, defaultLocale }: Reader): Input {
  switch (kind) {
    case 'text': {
      const text = typed(fields.Content);
      if (text.startsWith(NOT_PASSED_ON)) return { type: 'unknown', what: 'sticker' };
      return text === '' ? { type: 'unknown', what: 'text' } : { type: 'text', text };
    }
    case 'image':
      return file(fields, 'photo');
    case 'voice': {
      const heard = typed(fields.Recognition);
      const caption = heard === '' ? '' : words('wechat:recognized', defaultLocale, { text: heard });
      return file(fields, 'voice', caption);
    }
    case 'video':
    case 'shortvideo':
      return file(fields, 'video');
    case 'location':
      return place(fields);
    case 'link': {
      const text = [typed(fields.Title), typed(fields.Description), typed(fields.Url)].filter((part) => part !== '').join('\n');
      return text === '' ? { type: 'unknown', what: 'link' } : { type: 'text', text };
    }
    default:
      return { type: 'unknown', what: kind.slice(0, 60) };
  }
}

function file(fields: Fields, kind: MediaKind, caption = ''): Input {
  const fetchRef = plain(fields.MediaId);
  if (fetchRef === '') return caption === '' ? { type: 'unknown', what: kind } : { type: 'text', text: caption };
  const media: Media = { id: randomUUID(), kind, state: 'stub', why: 'not-fetched', fetchRef };
  return { type: 'media', items: [media], ...(caption !== '' && { caption }) };
}

/** In GCJ-02, as all maps in China are drawn. */
function place(fields: Fields): Input {
  const latitude = Number(plain(fields.Location_X) || 'none');
  const longitude = Number(plain(fields.Location_Y) || 'none');
  const label = typed(fields.Label);
  const onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  if (onEarth) return { type: 'place', latitude, longitude, datum: 'gcj02', ...(label !== '' && { label }) };
  return label === '' ? { type: 'unknown', what: 'location' } : { type: 'text', text: label };
}

function readEvent(fields: Fields, from: string, reader: Reader): Reading {
  const event = plain(fields.Event);
  const key = plain(fields.EventKey);
  const inbound = (input: Input, act: Act | undefined): Reading => ({
    is: 'inbound',
    inbound: inboundOf(fields, from, eventId(fields, from), reader, input),
    act,
  });
  switch (event.toUpperCase()) {
    case 'SUBSCRIBE':
      return inbound({ type: 'start', payload: key.startsWith(SCENE) ? key.slice(SCENE.length) : '' }, 'follow');
    case 'UNSUBSCRIBE':
      return inbound({ type: 'reachability', to: 'left' }, undefined);
    case 'SCAN':
      return inbound({ type: 'start', payload: key }, 'scan');
    case 'CLICK': {
      const tap = tapFromText(key);
      return tap ? inbound({ type: 'tap', tap }, 'click') : { is: 'nothing', from, what: 'CLICK', act: 'click' };
    }
    // A place told by itself was not told to us; a page opened is nothing said.
    default:
      return { is: 'nothing', from, what: event.slice(0, 60), act: undefined };
  }
}

/** Events carry no id: who, when, what and about what make one. */
const eventId = (fields: Fields, from: string): string =>
  [from, plain(fields.CreateTime), plain(fields.Event), plain(fields.EventKey)].join('/').slice(0, 400);

function inboundOf(fields: Fields, from: string, updateId: string, { bot, defaultLocale }: Reader, input: Input): Inbound {
  const created = Number(plain(fields.CreateTime) || 'none');
  return {
    channel: 'wechat',
    bot,
    updateId,
    address: from,
    locale: defaultLocale,
    input,
    numbered: true,
    opensWindow: true,
    ...(Number.isSafeInteger(created) && { sentAt: created * 1000 }),
  };
}

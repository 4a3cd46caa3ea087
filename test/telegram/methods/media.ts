import type { Message } from 'grammy/types';
import { type Asked, isObject, jsonOf, textOf, type Upload } from '../asked.ts';
import { largestPhoto, largestUpload, type StoredFile } from '../files.ts';
import { keep, type MediaKind, mediaFields } from '../media.ts';
import { badRequest, Refusal } from '../refusal.ts';
import type { Telegram } from '../telegram.ts';
import { longestCaption } from '../text.ts';
import type { Method } from './method.ts';
import { place, readText } from './send.ts';

/** The method that sends one file of a kind. */
export function sendOne(kind: MediaKind): Method {
  return (telegram, { asked, method }) => {
    const chat = telegram.chats.writable(asked.payload);
    const given = asked.uploads.find(({ field }) => field === kind) ?? textOf(asked.payload, kind);
    if (given === '') throw badRequest(`there is no ${kind} in the request`);
    const caption = captionOf(asked.payload);
    const file = fileOf(telegram, kind, given, asked.uploads);
    return place(telegram, chat, asked.payload, method, { ...mediaFields(telegram.files, kind, file), ...caption });
  };
}

/** Two to ten files that belong together; documents and audio only among their like. */
export const sendMediaGroup: Method = (telegram, { asked, method }): Message[] => {
  const chat = telegram.chats.writable(asked.payload);
  const media = jsonOf(asked.payload, 'media', 'media');
  if (!Array.isArray(media) || !media.every(isObject)) throw badRequest("can't parse media JSON object");
  if (media.length < 2) throw badRequest('there are not enough media to send as an album');
  if (media.length > 10) throw badRequest('too many messages to send as an album');
  const kinds = media.map(({ type }) => (['photo', 'video', 'audio', 'document'] as const).find((kind) => kind === type));
  const alone = kinds.find((kind) => kind === 'audio' || kind === 'document');
  if (kinds.includes(undefined) || (alone && kinds.some((kind) => kind !== alone)))
    throw badRequest("can't use the media of the specified type in the album");
  const parts = media.map((part, index) => {
    const kind = kinds[index] ?? 'document';
    return { ...mediaFields(telegram.files, kind, fileOf(telegram, kind, textOf(part, 'media'), asked.uploads)), ...captionOf(part) };
  });
  const album = telegram.newAlbumId();
  const { reply_markup: _, ...payload } = asked.payload;
  return parts.map((part) => place(telegram, chat, payload, method, { ...part, media_group_id: album }));
};

export const getFile: Method = (telegram, { asked }) => telegram.files.got(textOf(asked.payload, 'file_id'));

function captionOf(payload: Asked['payload']): { caption?: string; caption_entities?: unknown } {
  const { text, entities } = readText(payload, 'caption', longestCaption, 'message caption is too long');
  return { ...(text !== '' && { caption: text }), ...(entities.length > 0 && { caption_entities: entities }) };
}

function fileOf(telegram: Telegram, kind: MediaKind, given: Upload | string, uploads: readonly Upload[]): StoredFile {
  if (typeof given === 'string' && given.startsWith('attach://')) {
    const upload = uploads.find(({ field }) => field === given.slice('attach://'.length));
    if (!upload) throw badRequest(`file "${given}" not found`);
    return fileOf(telegram, kind, upload, uploads);
  }
  if (typeof given === 'string') {
    if (/^https?:\/\//.test(given)) return keep(telegram.files, kind, { size: 1000 });
    const known = telegram.files.find(given);
    if (!known) throw badRequest('wrong file identifier/HTTP URL specified');
    return known;
  }
  const { bytes, name, mime } = given;
  if (bytes.length === 0) throw badRequest('file must be non-empty');
  if (bytes.length > largestUpload) throw new Refusal(413, 'Request Entity Too Large');
  if (kind === 'photo' && bytes.length > largestPhoto) throw badRequest('file is too big');
  return keep(telegram.files, kind, { bytes, name, mime });
}

import { lookOf, type MediaType } from '../media-shelf.ts';
import { Refusal } from '../refusal.ts';
import { Download, type Method } from './method.ts';

const megabyte = 1024 * 1024;
const allowed: Readonly<Record<string, { readonly bytes: number; readonly extensions: readonly string[] }>> = {
  image: { bytes: 10 * megabyte, extensions: ['jpg', 'png', 'gif'] },
  voice: { bytes: 2 * megabyte, extensions: ['amr', 'mp3'] },
  video: { bytes: 10 * megabyte, extensions: ['mp4'] },
  thumb: { bytes: 64 * 1024, extensions: ['jpg'] },
};

/** Files kept for three days (临时素材). */
export const media: Readonly<Record<string, Method>> = {
  'media/get': {
    verb: 'GET',
    needsToken: true,
    bare: true,
    type: 'text/plain',
    act(wechat, { query }) {
      const id = query.get('media_id') ?? '';
      if (id === '') throw new Refusal(41006);
      const kept = wechat.media.find(id, wechat.clock());
      if (!kept) throw new Refusal(40007);
      // Films don't come through this call: it tells where they lie, over http.
      if (kept.type === 'video' && wechat.filmsByAddress) return { video_url: `${wechat.address}/video/${id}` };
      return new Download(kept.bytes, kept.mime, `${id}.${kept.extension}`);
    },
  },
  'media/upload': {
    verb: 'POST',
    needsToken: true,
    bare: true,
    act(wechat, { query, uploads }) {
      const type = query.get('type') ?? '';
      const limits = Object.hasOwn(allowed, type) ? allowed[type] : undefined;
      if (!limits) throw new Refusal(40004);
      const upload = uploads.find(({ field, name }) => field === 'media' && name !== '');
      if (!upload || upload.bytes.length === 0) throw new Refusal(41005);
      if (upload.bytes.length > limits.bytes) throw new Refusal(40006);
      const look = lookOf(upload.bytes);
      if (!look || !limits.extensions.includes(look.extension)) throw new Refusal(40004);
      const { id, at } = wechat.media.keep(type as MediaType, upload.bytes, wechat.clock(), look);
      return { type, [type === 'thumb' ? 'thumb_media_id' : 'media_id']: id, created_at: Math.floor(at / 1000), item: [] };
    },
  },
};

import { createHash } from 'node:crypto';

/** What a file is to WeChat. */
export type MediaType = 'image' | 'voice' | 'video' | 'thumb' | 'file';

/** One file kept on WeChat's side. */
export interface Kept {
  readonly id: string;
  readonly type: MediaType;
  readonly bytes: Buffer;
  readonly mime: string;
  readonly extension: string;
  readonly at: number;
}

const keptMs = 3 * 24 * 3_600_000;

/** The files of both sides, each kept for three days. */
export class MediaShelf {
  readonly #kept = new Map<string, Kept>();
  #next = 1;

  keep(type: MediaType, bytes: Uint8Array, now: number, as: { mime: string; extension: string } = shapeOf(type, bytes)): Kept {
    const id = createHash('sha256')
      .update(`media ${this.#next++}`)
      .digest('base64url')
      .padEnd(64, 'x');
    const kept: Kept = { id, type, bytes: Buffer.from(bytes), ...as, at: now };
    this.#kept.set(id, kept);
    return kept;
  }

  /** The file while it is kept. */
  find(id: string, now: number): Kept | undefined {
    const kept = this.#kept.get(id);
    return kept && now < kept.at + keptMs ? kept : undefined;
  }

  /** Loses a file before its time. */
  drop(id: string): void {
    this.#kept.delete(id);
  }
}

const shapes: readonly { readonly begins: string; readonly at?: number; readonly mime: string; readonly extension: string }[] = [
  { begins: '\xff\xd8\xff', mime: 'image/jpeg', extension: 'jpg' },
  { begins: '\x89PNG', mime: 'image/png', extension: 'png' },
  { begins: 'GIF8', mime: 'image/gif', extension: 'gif' },
  { begins: '#!AMR', mime: 'audio/amr', extension: 'amr' },
  { begins: 'ID3', mime: 'audio/mpeg', extension: 'mp3' },
  { begins: '\xff\xfb', mime: 'audio/mpeg', extension: 'mp3' },
  { begins: 'ftyp', at: 4, mime: 'video/mp4', extension: 'mp4' },
];

const unknownShapes: Readonly<Record<MediaType, { mime: string; extension: string }>> = {
  image: { mime: 'image/jpeg', extension: 'jpg' },
  thumb: { mime: 'image/jpeg', extension: 'jpg' },
  voice: { mime: 'voice/speex', extension: 'speex' },
  video: { mime: 'video/mp4', extension: 'mp4' },
  file: { mime: 'application/octet-stream', extension: 'dat' },
};

/** What the bytes look like; undefined where they look like nothing that WeChat takes. */
export function lookOf(bytes: Uint8Array): { mime: string; extension: string } | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const found = shapes.find(({ begins, at = 0 }) => head.startsWith(begins, at));
  return found && { mime: found.mime, extension: found.extension };
}

// A resident's phone sends what it likes, and WeChat names it after what it was sent as.
const shapeOf = (type: MediaType, bytes: Uint8Array) => lookOf(bytes) ?? unknownShapes[type];

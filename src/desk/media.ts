import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import type { Id, Instant } from '../domain/chance.ts';
import type { Media } from '../domain/message.ts';

/** Files of residents: re-encoded, stripped, encrypted under a key of their own, named by a random id. */
export interface MediaStore {
  /**
   * Bytes in; a stored file out, fsynced, or a stub that says why. Never throws for what a resident sent or a disk that is full.
   * `id`: the name a message knows the file by already; what lies under it gives way.
   */
  keep(bytes: Uint8Array, about: { kind: Media['kind']; shownName?: string; id?: Id }): Promise<Media>;
  /** The file decrypted; undefined where it is a stub, is missing or was changed. `media` carries its opened key. */
  open(media: Media): Promise<{ mime: string; bytes: Uint8Array } | undefined>;
  /** Whether a file of this size would be kept now. */
  hasRoomFor(bytes: number): Promise<boolean>;
  /** Removes files nothing holds, left by a process that died between file and row, or by a repeat; younger ones may be on their way. Returns how many. */
  sweep(held: (ids: readonly Id[]) => Promise<readonly Id[]>, olderThan: Instant): Promise<number>;
}

/** Longer side of what officers see, in pixels: a number plate is still readable. */
const LONGER_SIDE = 2560;
/** Decoded pixels at most: a small file that unfolds into gigabytes is refused. */
const PIXELS = 60_000_000;

/** Kept as they came, besides photos: types no browser runs. */
const KEPT_AS_IS = new Set([
  'audio/ogg',
  'audio/mpeg',
  'audio/mp4',
  'audio/amr',
  'audio/wav',
  'audio/webm',
  'video/mp4',
  'video/webm',
  'video/quicktime',
  'application/pdf',
]);
/** Photos that are re-encoded; anything else that calls itself a picture is not read at all. */
const PHOTOS = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/tiff']);
/** Photos that can't be re-encoded here: the original is kept sealed and never shown inline. */
const SEALED_ORIGINALS = new Set(['image/heic', 'image/heif']);

const IV = 12;
const TAG = 16;

/** A folder of encrypted files. `floor`: free bytes below which files are refused and words are not. */
export function createMediaStore({ dir, maxBytes, floor }: { dir: string; maxBytes: number; floor: number }): MediaStore {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const stub = (id: string, kind: Media['kind'], why: string): Media => ({ id, kind, state: 'stub', why });
  const hasRoomFor = async (bytes: number) => {
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize - bytes > floor;
  };

  return {
    hasRoomFor,
    async keep(bytes, { kind, shownName, id = randomUUID() }) {
      if (bytes.length > maxBytes) return stub(id, kind, 'too-big');
      const clean = await cleaned(bytes, kind);
      if (!clean) return stub(id, kind, 'unreadable');
      const fileKey = randomBytes(32);
      const cipher = encrypt(clean.bytes, fileKey, id);
      try {
        if (!(await hasRoomFor(cipher.length))) return stub(id, kind, 'no-space');
        await write(dir, id, cipher);
      } catch {
        await rm(join(dir, `${id}.part`), { force: true }).catch(() => undefined);
        return stub(id, kind, 'no-space');
      }
      const cipherSha256 = createHash('sha256').update(cipher).digest('hex');
      return {
        id,
        kind,
        mime: clean.mime,
        bytes: clean.bytes.length,
        state: 'stored',
        fileKey,
        cipherSha256,
        ...(shownName !== undefined && { shownName }),
      };
    },
    async open(media) {
      if (media.state !== 'stored' || !media.fileKey || !media.mime) return undefined;
      try {
        return { mime: media.mime, bytes: decrypt(await readFile(join(dir, media.id)), media.fileKey, media.id) };
      } catch {
        return undefined;
      }
    },
    async sweep(held, olderThan) {
      const old: string[] = [];
      for (const file of await readdir(dir)) if ((await stat(join(dir, file))).mtimeMs < olderThan) old.push(file);
      const kept = new Set(await held(old));
      const left = old.filter((file) => !kept.has(file));
      for (const file of left) await rm(join(dir, file), { force: true });
      return left.length;
    },
  };
}

/** What of the bytes is kept: a photo without its metadata, or a file of a harmless type as it came. */
async function cleaned(bytes: Uint8Array, kind: Media['kind']): Promise<{ mime: string; bytes: Uint8Array } | undefined> {
  const type = await fileTypeFromBuffer(bytes);
  if (type && SEALED_ORIGINALS.has(type.mime)) return { mime: type.mime, bytes };
  // Opus in Ogg comes with its codec: `audio/ogg; codecs=opus`.
  const plain = type?.mime.split(';')[0] ?? '';
  if (KEPT_AS_IS.has(plain)) return kind === 'photo' ? undefined : { mime: plain, bytes };
  if (!type || !PHOTOS.has(type.mime)) return undefined;
  try {
    const photo = sharp(bytes, { limitInputPixels: PIXELS, failOn: 'error' }).rotate();
    return {
      mime: 'image/jpeg',
      bytes: await photo
        .resize({ width: LONGER_SIDE, height: LONGER_SIDE, fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 82 })
        .toBuffer(),
    };
  } catch {
    return undefined;
  }
}

/** iv ‖ ciphertext ‖ tag, bound to its name so that two files can't be exchanged. */
function encrypt(bytes: Uint8Array, key: Uint8Array, id: string): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(id));
  return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(file: Buffer, key: Uint8Array, id: string): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', key, file.subarray(0, IV), { authTagLength: TAG }).setAAD(Buffer.from(id));
  decipher.setAuthTag(file.subarray(-TAG));
  return Buffer.concat([decipher.update(file.subarray(IV, -TAG)), decipher.final()]);
}

/** On disk for good before anything speaks of it: file synced, then named, then the folder synced. */
async function write(dir: string, id: string, bytes: Uint8Array): Promise<void> {
  const part = join(dir, `${id}.part`);
  // A part left by a process that died gives way to the same file fetched again.
  const file = await open(part, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, join(dir, id));
  const folder = await open(dir, 'r');
  await folder.sync().finally(() => folder.close());
}

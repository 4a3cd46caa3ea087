import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createMediaStore } from '../../src/desk/media.ts';
import type { Media } from '../../src/domain/message.ts';

const photoWithGps = () =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: '#7a9' } })
    .withExif({
      IFD0: { Make: 'Phone of Mrs Wang' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 14/1 3/1', GPSLongitudeRef: 'E', GPSLongitude: '121/1 28/1 9/1' },
    })
    .jpeg()
    .toBuffer();
const folder = () => mkdtempSync(join(tmpdir(), 'media-'));
const open = (dir = folder(), options: { maxBytes?: number; floor?: number } = {}) => ({
  dir,
  media: createMediaStore({ dir, maxBytes: 1_000_000, floor: 0, ...options }),
});

test('a photo is kept without where it was taken and by what', async () => {
  const { media } = open();
  const photo = await photoWithGps();
  expect((await sharp(photo).metadata()).exif).toBeDefined();
  const kept = await media.keep(photo, { kind: 'photo' });
  expect(kept).toMatchObject({ state: 'stored', mime: 'image/jpeg', kind: 'photo' });
  const shown = await media.open(kept);
  const { exif, width } = await sharp(shown?.bytes).metadata();
  expect({ exif, width }).toEqual({ exif: undefined, width: 640 });
});

test('what lies on disk is neither a photo nor named after anything', async () => {
  const { dir, media } = open();
  const kept = await media.keep(await photoWithGps(), { kind: 'photo', shownName: '门口.jpg' });
  expect(readdirSync(dir)).toEqual([kept.id]);
  expect(readFileSync(join(dir, kept.id)).subarray(0, 3).toString('hex')).not.toBe('ffd8ff');
});

test('a changed or exchanged file opens as nothing', async () => {
  const { dir, media } = open();
  const one = await media.keep(await photoWithGps(), { kind: 'photo' });
  const other = await media.keep(await photoWithGps(), { kind: 'photo' });
  writeFileSync(join(dir, one.id), readFileSync(join(dir, other.id)));
  expect(await media.open({ ...one, ...(other.fileKey && { fileKey: other.fileKey }) })).toBeUndefined();
  expect(await media.open({ ...other, fileKey: new Uint8Array(32) })).toBeUndefined();
});

test.each<[string, Uint8Array, Media['kind']]>([
  ['a web page called photo.jpg', Buffer.from('<html><script>alert(1)</script>'), 'photo'],
  ['half a photo', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), 'photo'],
  ['nothing', new Uint8Array(), 'photo'],
  ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'document'],
])('%s becomes a stub that says so', async (_what, bytes, kind) => {
  const { dir, media } = open();
  const kept = await media.keep(bytes, { kind });
  expect(kept).toMatchObject({ state: 'stub', why: 'unreadable' });
  expect(readdirSync(dir)).toEqual([]);
});

test('a photo over the limit, or on a disk without room, is a stub and leaves nothing behind', async () => {
  const photo = await photoWithGps();
  const small = open(undefined, { maxBytes: 100 });
  expect(await small.media.keep(photo, { kind: 'photo' })).toMatchObject({ state: 'stub', why: 'too-big' });
  const full = open(undefined, { floor: Number.MAX_SAFE_INTEGER });
  expect(await full.media.keep(photo, { kind: 'photo' })).toMatchObject({ state: 'stub', why: 'no-space' });
  expect([...readdirSync(small.dir), ...readdirSync(full.dir)]).toEqual([]);
});

test('files that no row names are swept once they are old', async () => {
  const { dir, media } = open();
  const named = await media.keep(await photoWithGps(), { kind: 'photo' });
  const orphan = await media.keep(await photoWithGps(), { kind: 'photo' });
  const young = await media.keep(await photoWithGps(), { kind: 'photo' });
  writeFileSync(join(dir, 'cut-off.part'), 'x');
  for (const file of [named.id, orphan.id, 'cut-off.part']) utimesSync(join(dir, file), 1, 1);
  expect(await media.sweep(async (ids) => ids.filter((id) => id === named.id), Date.now() - 60_000)).toBe(2);
  expect(readdirSync(dir).sort()).toEqual([named.id, young.id].sort());
});

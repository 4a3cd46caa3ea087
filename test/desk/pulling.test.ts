import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test, vi } from 'vitest';
import type { Channel, Lost } from '../../src/channels/channel.ts';
import { createMediaStore } from '../../src/desk/media.ts';
import { createOutbox } from '../../src/desk/outbox.ts';
import type { Media, Pulled } from '../../src/domain/message.ts';
import type { Claimed, Store } from '../../src/store/store.ts';

const photo = () =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#7a9' } })
    .jpeg()
    .toBuffer();

const file = (id: string, pulls = 0, more: Partial<Media> = {}): Claimed['toPull'][number] => ({
  media: { id, kind: 'photo', state: 'stub', why: 'not-fetched', fetchRef: `ref-${id}`, ...more },
  channel: 'paper',
  pulls,
});

const NOW = 1_000_000;
const MINUTE = 60_000;

/** An outbox over a channel that gives files as told, a folder on disk, and a store whose queue is a list. */
function deskWith(
  fetch: (media: Media) => Promise<Uint8Array | Lost>,
  { floor = 0, maxBytes = 1_000_000 }: { floor?: number; maxBytes?: number } = {},
) {
  const dir = mkdtempSync(join(tmpdir(), 'pulled-'));
  const media = createMediaStore({ dir, maxBytes, floor });
  const waiting: Claimed['toPull'][number][] = [];
  const pulled: Pulled[] = [];
  const sick = { is: false };
  const time = { now: NOW };
  const store = {
    claim: async (limit: number): Promise<Claimed> => ({ outbound: [], toPull: waiting.splice(0, limit) }),
    async settle(_settlements: unknown, files: readonly Pulled[] = []) {
      if (sick.is) throw new Error('disk full');
      pulled.push(...files);
    },
  } as unknown as Store;
  const paper = { name: 'paper', fetch } as unknown as Channel;
  const outbox = createOutbox({
    store,
    channels: new Map([['paper', paper]]),
    media,
    render: () => ({ text: '', by: { kind: 'bot' } }),
    now: () => time.now,
    chance: () => 0.5,
    complain: () => undefined,
  });
  return {
    dir,
    media,
    waiting,
    pulled,
    sick,
    time,
    outbox,
    /** Looks once, and waits until all are written; answers what became of each. */
    async pull(files: readonly Claimed['toPull'][number][]) {
      const before = pulled.length;
      waiting.push(...files);
      outbox.wake();
      await vi.waitFor(() => expect(pulled).toHaveLength(before + files.length));
      return files.flatMap(({ media: { id } }) => pulled.slice(before).filter((one) => one.media.id === id));
    },
  };
}

test('a file is kept under the name its message knows it by, with the name the resident gave it', async () => {
  const { media, pull, dir } = deskWith(async () => photo());
  const [whole] = await pull([file('one', 0, { shownName: '门口.jpg' })]);
  expect(whole).toMatchObject({ media: { id: 'one', kind: 'photo', mime: 'image/jpeg', state: 'stored', shownName: '门口.jpg' } });
  expect(whole).not.toHaveProperty('say');
  expect(readdirSync(dir)).toEqual(['one']);
  expect((await media.open((whole as { media: Media }).media))?.mime).toBe('image/jpeg');
});

test('a channel is asked with what it needs to find the file', async () => {
  const asked: (string | undefined)[] = [];
  const { pull } = deskWith(async ({ fetchRef }) => {
    asked.push(fetchRef);
    return photo();
  });
  await pull([file('one')]);
  expect(asked).toEqual(['ref-one']);
});

test.each<[string, () => Promise<Uint8Array | Lost>, string]>([
  ['too big for its channel', async () => ({ lost: 'too-big' }), 'too-big'],
  ['gone from its channel', async () => ({ lost: 'gone' }), 'gone'],
  ['too big for us', async () => Buffer.concat([await photo(), Buffer.alloc(1_000_000)]), 'too-big'],
  ['no picture at all', async () => Buffer.from('<html>'), 'unreadable'],
])('a file that is %s is lost, with the honest word for it', async (_what, fetch, why) => {
  const { pull, dir } = deskWith(fetch);
  expect(await pull([file('one')])).toEqual([
    { media: { id: 'one', kind: 'photo', state: 'stub', why }, say: { key: `flow:photo.notKept.${why}` } },
  ]);
  expect(readdirSync(dir)).toEqual([]);
});

test('a channel that can not be asked now is asked again, each time a little later, and given up after a day', async () => {
  const { pull } = deskWith(async () => {
    throw new Error('reset');
  });
  expect(await pull([file('first'), file('third', 2), file('old', 104), file('over', 105)])).toEqual([
    { media: { id: 'first' }, later: NOW + 1_000 },
    { media: { id: 'third' }, later: NOW + 4_000 },
    { media: { id: 'old' }, later: NOW + 15 * MINUTE },
    { media: { id: 'over', kind: 'photo', state: 'stub', why: 'gone' }, say: { key: 'flow:photo.notKept.gone' } },
  ]);
});

test('a file that its channel has not at hand is asked for again for ten minutes, and then its resident hears so', async () => {
  const { pull, time } = deskWith(async () => ({ lost: 'unavailable' }));
  const waits: number[] = [];
  for (let pulls = 0; ; pulls += 1) {
    const [one] = await pull([file('one', pulls)]);
    if (!one || !('later' in one)) {
      expect(one).toEqual({ media: { id: 'one', kind: 'photo', state: 'stub', why: 'gone' }, say: { key: 'flow:photo.notKept.gone' } });
      break;
    }
    waits.push((one.later - time.now) / 1_000);
    time.now = one.later;
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 89]);
});

test('hours in which its channel could not be reached do not count against a file that is not at hand', async () => {
  const answers: (Lost | Error)[] = [{ lost: 'unavailable' }, new Error('reset'), { lost: 'unavailable' }];
  const { pull, time } = deskWith(async () => {
    const answer = answers.shift();
    if (answer instanceof Error || !answer) throw answer ?? new Error('asked too often');
    return answer;
  });
  for (const pulls of [12, 13, 14]) {
    const [one] = await pull([file('one', pulls)]);
    expect(one).toHaveProperty('later');
    time.now += 3_600_000;
  }
});

test('while there is no room a file waits and is not even fetched; after a day it is said that there was none', async () => {
  const fetch = vi.fn(async () => photo());
  const { pull } = deskWith(fetch, { floor: Number.MAX_SAFE_INTEGER });
  expect(await pull([file('one'), file('over', 105)])).toEqual([
    { media: { id: 'one' }, later: NOW + 1_000 },
    { media: { id: 'over', kind: 'photo', state: 'stub', why: 'no-space' }, say: { key: 'flow:photo.notKept.no-space' } },
  ]);
  expect(fetch).not.toHaveBeenCalled();
});

test('a file of a channel that is not there waits for it, and is never given up for that', async () => {
  const { pull } = deskWith(async () => photo());
  expect(await pull([{ ...file('one', 500), channel: 'fax' }])).toEqual([{ media: { id: 'one' }, later: NOW + 15 * MINUTE }]);
});

test('at most four are fetched at once, and all are fetched', async () => {
  let [now, most] = [0, 0];
  const { pull } = deskWith(async () => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((done) => setImmediate(done));
    now -= 1;
    return { lost: 'gone' };
  });
  await pull(Array.from({ length: 30 }, (_, nth) => file(String(nth))));
  expect(most).toBe(4);
});

test('a file leased again before it was written down is not fetched a second time', async () => {
  let fetched = 0;
  const desk = deskWith(async () => {
    fetched += 1;
    return photo();
  });
  desk.sick.is = true;
  desk.waiting.push(file('one'));
  desk.outbox.wake();
  await vi.waitFor(() => expect(readdirSync(desk.dir)).toEqual(['one']));
  const first = readFileSync(join(desk.dir, 'one'));
  desk.waiting.push(file('one', 1));
  desk.outbox.wake();
  await vi.waitFor(() => expect(desk.waiting).toEqual([]));
  desk.sick.is = false;
  await desk.outbox.stop();
  expect(fetched).toBe(1);
  expect(desk.pulled.map((one) => ('later' in one ? one.later : one.media.state))).toEqual(['stored', NOW + 15 * MINUTE]);
  expect(readFileSync(join(desk.dir, 'one'))).toEqual(first);
});

test('a file fetched again after a crash takes the place of what was left, whole or in part', async () => {
  const desk = deskWith(async () => photo());
  writeFileSync(join(desk.dir, 'one'), 'under a key that nobody has any more');
  writeFileSync(join(desk.dir, 'one.part'), 'cut off');
  const [whole] = await desk.pull([file('one')]);
  expect(await desk.media.open((whole as { media: Media }).media)).toBeDefined();
  expect(readdirSync(desk.dir)).toEqual(['one']);
});

test('stopping finishes the files in hand and leaves the others to the next run', async () => {
  const begun: string[] = [];
  let go = () => {};
  const gate = new Promise<void>((open) => {
    go = open;
  });
  const desk = deskWith(async ({ id }) => {
    begun.push(id);
    await gate;
    return photo();
  });
  desk.waiting.push(...['1', '2', '3', '4', '5', '6'].map((id) => file(id)));
  desk.outbox.wake();
  await vi.waitFor(() => expect(begun).toHaveLength(4));
  const stopped = desk.outbox.stop();
  go();
  await stopped;
  expect(begun.sort()).toEqual(['1', '2', '3', '4']);
  expect(desk.pulled.map(({ media }) => media.id).sort()).toEqual(['1', '2', '3', '4']);
});

import { join } from 'node:path';
import { keyFrom, readConfig } from '../../src/config.ts';
import { createMediaStore } from '../../src/desk/media.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { StoreHealth, ThreadMessage } from '../../src/store/store.ts';
import { type Picture, recognize } from './pictures.ts';

/** All of a conversation, with the pictures in it looked at. */
export interface Thread {
  lines: readonly ThreadMessage[];
  /** By the line's id; a file that can't be looked at is told by why. */
  pictures: ReadonlyMap<string, readonly (Picture | string)[]>;
}

const ALL = 1_000_000;

/** Reads what a desk that is stopped kept of these residents, as the store itself gives it. */
export async function readThreads(
  dataDir: string,
  { channel, bot }: { channel: string; bot: string },
  addresses: readonly string[],
): Promise<{ threads: ReadonlyMap<string, Thread>; health: StoreHealth }> {
  const config = readConfig({ DATA_DIR: dataDir });
  const store = await openSqliteStore({ dataDir, key: keyFrom(config), zone: config.zone, serve: false });
  const media = createMediaStore({ dir: join(dataDir, 'media'), maxBytes: 0, floor: 0 });
  const threads = new Map<string, Thread>();
  try {
    for (const address of addresses) {
      const lines = await store.readThread(channel, bot, address, 0, ALL);
      const pictures = new Map<string, (Picture | string)[]>();
      for (const { id, body } of lines.filter((line) => line.body.by.kind === 'resident')) {
        for (const { id: file, state, why } of body.media ?? []) {
          const kept = await store.readMedia({ channel, bot, address }, file);
          const opened = kept && (await media.open(kept));
          const picture = opened ? await recognize(opened.bytes) : `${state} ${why ?? 'that does not open'}`;
          pictures.set(id, [...(pictures.get(id) ?? []), picture]);
        }
      }
      threads.set(address, { lines, pictures });
    }
    return { threads, health: await store.health() };
  } finally {
    await store.close();
  }
}

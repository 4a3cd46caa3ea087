import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseLook } from './database.ts';

const SETTLED_WITHIN_MS = 180_000;

/** A double of a messenger, which knows when it is done. */
interface Settles {
  settled(within: { timeoutMs: number }): Promise<void>;
}

/** Nothing on its way in, nothing that has still to go, no file that has still to come. */
export async function settled(double: Settles, database: DatabaseLook): Promise<void> {
  const end = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    await double.settled({ timeoutMs: SETTLED_WITHIN_MS });
    const { messages, files } = database.outstanding();
    if (messages + files === 0) return;
    if (Date.now() > end) throw new Error(`still to go: ${messages} messages, ${files} files`);
    await sleep(100);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from '../../wechat/account.ts';
import type { DatabaseLook } from '../telegram/database.ts';

const SETTLED_WITHIN_MS = 180_000;

/** Nothing on its way in, nothing that has still to go, no file that has still to come. */
export async function settled(account: Account, database: DatabaseLook): Promise<void> {
  const end = Date.now() + SETTLED_WITHIN_MS;
  for (;;) {
    await account.settled({ timeoutMs: SETTLED_WITHIN_MS });
    const { messages, files } = database.outstanding();
    if (messages + files === 0) return;
    if (Date.now() > end) throw new Error(`still to go: ${messages} messages, ${files} files`);
    await sleep(100);
  }
}

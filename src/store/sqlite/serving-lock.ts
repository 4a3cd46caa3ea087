import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isSick } from './batch.ts';

/** Held by the one process that serves: a locked file, which the kernel lets go of however the process ends. Throws `already-serving`. */
export function takeServingLock(dataDir: string): () => void {
  const lock = new Database(join(dataDir, 'serving.lock'), { timeout: 0 });
  try {
    lock.pragma('locking_mode = exclusive');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    throw isSick(error) ? new Error('already-serving', { cause: error }) : error;
  }
  return () => {
    lock.close();
  };
}

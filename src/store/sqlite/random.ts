import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 16 * 1024;

let pool = Buffer.alloc(0);
let used = 0;

/** Random bytes out of many drawn at once: a draw costs more than what a turn does with it. Each byte is given out once. */
export function randomBytes(count: number): Buffer {
  if (used + count > pool.length) {
    pool = randomFillSync(Buffer.alloc(Math.max(POOL_BYTES, count)));
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

import type { Store, StoreHealth } from '../store/store.ts';

const FRESH_MS = 2_000;

/** The store's health, measured at most every two seconds: it writes and counts, and anyone may ask whether the desk is ready. */
export function measuring(store: Pick<Store, 'health'>): () => Promise<StoreHealth> {
  let measured: { at: number; health: Promise<StoreHealth> } | undefined;
  return () => {
    const at = performance.now();
    if (measured && at - measured.at < FRESH_MS) return measured.health;
    const health = store.health();
    measured = { at, health };
    health.catch(() => {
      measured = undefined;
    });
    return health;
  };
}

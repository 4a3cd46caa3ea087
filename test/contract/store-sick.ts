import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { type Adapter, inbound, type MakeAdapter, officer, render, START, saying } from './store-fixtures.ts';

/** What every store does when its disk is full. */
export function sickness(make: MakeAdapter): void {
  describe('a full disk', () => {
    let adapter: Adapter;
    let store: Store;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
    });
    afterEach(() => adapter.dispose());

    const threads = async () => (await store.readThread('web', 'web', 'resident-one', 0, 100)).length;

    test('a batch of three whose middle turn fills the disk: none is acknowledged in part, and all work again when space returns', async () => {
      await store.takeTurn(inbound('开始'), saying({ key: 'a' }), render);
      const small = () => inbound('小');
      const big = inbound('大'.repeat(400_000));
      adapter.fill();
      const first = small();
      const last = small();
      const results = await Promise.allSettled([first, big, last].map((update) => store.takeTurn(update, saying({ key: 'b' }), render)));
      const refused = results.filter((one) => one.status === 'rejected').map((one) => one.reason);
      expect(results[1]?.status).toBe('rejected');
      for (const reason of refused) expect(reason).toMatchObject({ name: 'Refused', code: 'unavailable', cause: expect.anything() });
      const acknowledged = results.filter((one) => one.status === 'fulfilled').length;
      expect(await threads()).toBe(2 + acknowledged * 2);
      adapter.free();
      for (const update of [first, big, last]) await store.takeTurn(update, saying({ key: 'b' }), render);
      expect(await threads()).toBe(8);
      expect((await store.verifyAudit()).every(({ state }) => state.is === 'whole')).toBe(true);
    });

    test('where changes go through but nothing new finds room, health says that it can not write', async () => {
      const made = await officer(store, 'lead', 'station');
      await store.openSession('t', made.id, START + 60_000);
      expect((await store.health()).writable).toBe(true);
      adapter.fill();
      await store.markDuty('t', true, START + 500);
      expect((await store.findSession('t'))?.onDuty).toBe(true);
      await expect(store.takeTurn(inbound('大'.repeat(400_000)), saying({ key: 'a' }), render)).rejects.toMatchObject({
        code: 'unavailable',
      });
      expect((await store.health()).writable).toBe(false);
      await store.markDuty('t', false, START);
      adapter.free();
      expect((await store.health()).writable).toBe(true);
    });
  });
}

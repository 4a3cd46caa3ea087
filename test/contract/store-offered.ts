import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Memory } from '../../src/domain/conversation.ts';
import type { Saying } from '../../src/domain/message.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { tapToText } from '../../src/domain/tap.ts';
import type { Store } from '../../src/store/store.ts';
import { type Adapter, acting, type Filed, file, inbound, type MakeAdapter, officer, render, saying } from './store-fixtures.ts';

/** What every store remembers of what was shown last to residents who choose by number. */
export function offered(make: MakeAdapter): void {
  describe('what is shown to choose from', () => {
    let adapter: Adapter;
    let store: Store;
    let lead: Officer;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
      lead = await officer(store, 'lead', 'station');
    });
    afterEach(() => adapter.dispose());

    const asking = (key: string, ...doors: string[]): Saying => ({
      key,
      buttons: doors.map((door) => [{ label: { words: door }, tap: { on: 'home', door } }]),
    });
    const taps = (...doors: string[]) => doors.map((door) => tapToText({ on: 'home', door }));
    const hears = (numbered: boolean, ...say: Saying[]) =>
      store.takeTurn(inbound('?', numbered ? { numbered } : {}), saying(...say), render);
    async function remembered(): Promise<Memory['offered']> {
      let memory: Memory | undefined;
      await store.takeTurn(
        inbound('?'),
        (desk) => {
          memory = desk.conversation.memory;
          return { changes: [], say: [] };
        },
        render,
      );
      return memory?.offered;
    }
    /** An officer's act asks something in the case; answers what it has leased. */
    async function askedIn({ file: { reference, id } }: Filed, key: string, ...doors: string[]) {
      const acted = await acting(store, lead, reference, () => ({ changes: [], say: [{ ...asking(key, ...doors), case: id }] }));
      if (!acted.done) throw new Error(acted.refuse);
      return acted.outbound;
    }
    const sent = (outbound: readonly { id: string }[], confirmed = true) =>
      store.settle(outbound.map(({ id }) => ({ outbound: id, outcome: { is: 'sent', confirmed } })));

    test('it is the last that gave a choice, as shown, over the desk opened again too', async () => {
      await hears(true, asking('first', 'report'), asking('last', 'help', 'mine'), { key: 'no choice' });
      await hears(true, { key: 'nothing to choose' });
      store = await adapter.open();
      expect(await remembered()).toMatchObject({ taps: taps('help', 'mine') });
    });

    test('of those whose channel has buttons nothing is remembered', async () => {
      await hears(false, asking('first', 'report'));
      expect(await remembered()).toBeUndefined();
    });

    test('what comes unasked counts once it was sent, neither while it waits nor where it is held', async () => {
      const filed = await file(store, '路灯坏了');
      await sent((await hears(true, asking('doors', 'report'))).outbound);
      const asked = await askedIn(filed, 'solved?', 'mine', 'help');
      expect(await remembered()).toMatchObject({ taps: taps('report') });
      await store.settle(asked.map(({ id }) => ({ outbound: id, outcome: { is: 'held' } })));
      await sent(asked, false);
      expect(await remembered()).toMatchObject({ taps: taps('report') });
      await sent(asked);
      expect(await remembered()).toMatchObject({ taps: taps('mine', 'help'), unasked: true });
      await hears(true, asking('doors', 'report'));
      expect(await remembered()).not.toHaveProperty('unasked');
    });

    test('what was said earlier and is told of later does not take the place of what was said since', async () => {
      const filed = await file(store, '路灯坏了');
      await sent((await hears(true, asking('doors', 'report'))).outbound);
      const asked = await askedIn(filed, 'solved?', 'mine');
      await hears(true, asking('doors', 'help'));
      await sent(asked);
      expect(await remembered()).toMatchObject({ taps: taps('help') });
    });
  });
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Media, Pulled } from '../../src/domain/message.ts';
import type { Store } from '../../src/store/store.ts';
import { type Adapter, file, inbound, type MakeAdapter, nothing, officer, render, START, scopeFor } from './store-fixtures.ts';

/** What every store does with files that their channel did not push. */
export function pulls(make: MakeAdapter): void {
  describe('files to be pulled', () => {
    let adapter: Adapter;
    let store: Store;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
    });
    afterEach(() => adapter.dispose());

    const stub = (id: string): Media => ({ id, kind: 'photo', state: 'stub', why: 'not-fetched', fetchRef: `ref-${id}` });
    const stored = (id: string): Media => ({
      id,
      kind: 'photo',
      mime: 'image/jpeg',
      bytes: 3,
      state: 'stored',
      fileKey: new Uint8Array(32).fill(5),
      cipherSha256: 'aa',
    });
    const lost = (id: string): Pulled => ({ media: { id, kind: 'photo', state: 'stub', why: 'gone' }, say: { key: 'file:gone' } });
    const send = async (...ids: string[]): Promise<string> => {
      let message = '';
      await store.takeTurn(
        inbound({ type: 'media', items: ids.map(stub) }),
        (desk) => {
          message = desk.message.id;
          return { changes: [], say: [] };
        },
        render,
      );
      return message;
    };
    const claim = async (limit = 10) => (await store.claim(limit, adapter.clock.now + 60_000)).toPull;
    const thread = async () => (await store.readThread('web', 'web', 'resident-one', 0, 50)).map(({ body }) => body);
    const said = async () => (await thread()).flatMap(({ by, text }) => (by.kind === 'bot' ? [text] : []));
    const COMPLAINT = { kind: 'complaint', about: 'officer', sealed: true } as const;

    test('a file its channel still has wakes the outbox, and is leased by one run at a time with what fetches it', async () => {
      const told: boolean[] = [];
      store.onCommit(({ outbox }) => void told.push(outbox));
      await send('a', 'b');
      expect(told).toEqual([true]);
      await store.takeTurn(inbound({ type: 'media', items: [stored('c'), { ...stub('d'), why: 'too-big' }] }), nothing, render);
      expect(told).toEqual([true]);
      expect(await claim(1)).toEqual([{ media: stub('a'), channel: 'web', pulls: 0 }]);
      expect(await claim()).toEqual([{ media: stub('b'), channel: 'web', pulls: 0 }]);
      expect(await claim()).toEqual([]);
    });

    test('what a dead run had leased is tried again at the next start, and what this one leased when its lease runs out', async () => {
      await send('a');
      await claim();
      for (const _death of [1, 2, 3]) {
        store = await adapter.open();
        // The try that ended with a process is none: waits don't grow by deaths.
        expect(await claim()).toMatchObject([{ media: { id: 'a' }, pulls: 0 }]);
      }
      expect(await claim()).toEqual([]);
      adapter.clock.now = START + 60_000;
      expect(await claim()).toMatchObject([{ media: { id: 'a' }, pulls: 1 }]);
    });

    test('one to be tried later is left alone until then', async () => {
      await send('a');
      await claim();
      await store.settle([], [{ media: { id: 'a' }, later: START + 5_000 }]);
      expect(await claim()).toEqual([]);
      adapter.clock.now = START + 5_000;
      expect(await claim()).toMatchObject([{ media: stub('a'), pulls: 1 }]);
    });

    test('what arrived is there, and is never pulled again', async () => {
      await send('a');
      await claim();
      await store.settle([], [{ media: stored('a') }]);
      await store.settle([], [{ media: { id: 'a' }, later: START }]);
      adapter.clock.now = START + 86_400_000;
      expect(await claim()).toEqual([]);
      expect((await thread())[0]?.media).toEqual([{ id: 'a', kind: 'photo', mime: 'image/jpeg', bytes: 3, state: 'stored' }]);
      expect(await store.readMedia({ channel: 'web', bot: 'web', address: 'resident-one' }, 'a')).toEqual(stored('a'));
    });

    test('what is lost is told once, in the same breath', async () => {
      await send('a');
      await claim();
      await store.settle([], [lost('a')], render);
      await store.settle([], [lost('a'), { media: stored('a') }], render);
      expect((await thread())[0]?.media).toEqual([{ id: 'a', kind: 'photo', state: 'stub', why: 'gone' }]);
      expect(await said()).toEqual(['file:gone/zh-CN']);
      const { outbound, toPull } = await store.claim(10, START + 60_000);
      expect(outbound).toMatchObject([{ body: { text: 'file:gone/zh-CN' }, attempts: 1, possiblyRepeated: false, interactive: true }]);
      expect(toPull).toEqual([]);
    });

    test('in an ordinary case it is told to the resident alone, and goes under seal with its message', async () => {
      const inspector = await officer(store, 'inspector', 'inspection');
      const lead = await officer(store, 'lead', 'station');
      const message = await send('a');
      const filed = await file(store, '路灯坏了', {}, { messages: [message] });
      expect(await claim()).toMatchObject([{ channel: 'web' }]);
      await store.settle([], [lost('a')], render);
      const texts = async (by: typeof lead) =>
        (await store.readCase(scopeFor(store, by), by.id, filed.file.reference))?.messages.map(({ text, media }) => [text, media[0]?.why]);
      expect(await texts(lead)).toEqual([['', 'gone']]);
      await store.act(
        {
          actor: { kind: 'officer', officer: lead.id, scope: scopeFor(store, lead) },
          reference: filed.file.reference,
          decide: (desk) => ({ changes: [{ do: 'seal', case: desk.file!.id }], say: [] }),
        },
        render,
      );
      expect(await texts(inspector)).toEqual([['', 'gone']]);
      expect(await said()).toEqual(['file:gone/zh-CN']);
    });

    test('under seal it is pulled and told there, hidden from officers and without its words in a push', async () => {
      const inspector = await officer(store, 'inspector', 'inspection');
      const message = await send('a', 'b');
      const filed = await file(store, '他骂人', COMPLAINT, { messages: [message] });
      expect(await claim()).toEqual([
        { media: stub('a'), channel: 'web', pulls: 0 },
        { media: stub('b'), channel: 'web', pulls: 0 },
      ]);
      await store.settle([], [{ media: stored('a') }, lost('b')], render);
      const view = await store.readCase(scopeFor(store, inspector), inspector.id, filed.file.reference);
      expect(view?.messages.map(({ text }) => text)).toEqual(['']);
      expect(view?.messages[0]?.media).toMatchObject([{ state: 'stored' }, { state: 'stub', why: 'gone' }]);
      expect(await said()).toEqual(['file:gone/zh-CN']);
      expect((await store.claim(10, START + 60_000)).outbound).toMatchObject([{ veiled: true, address: 'resident-one' }]);
      expect(await store.readMedia({ scope: scopeFor(store, inspector), reader: inspector.id }, 'a')).toEqual(stored('a'));
    });

    test('a part of an album is pulled like any file', async () => {
      const part = (id: string) => inbound({ type: 'media', items: [stub(id)], group: 'g' });
      await store.takeTurn(part('a'), nothing, render);
      await store.takeTurn(part('b'), nothing, render);
      expect((await claim()).map(({ media }) => media.id)).toEqual(['a', 'b']);
      await store.settle([], [{ media: stored('a') }, { media: stored('b') }]);
      expect((await thread())[0]?.media).toMatchObject([{ state: 'stored' }, { state: 'stored' }]);
    });

    test('a file nobody sent is settled without a trace', async () => {
      await store.settle([], [lost('no-such')], render);
      expect(await said()).toEqual([]);
    });
  });
}

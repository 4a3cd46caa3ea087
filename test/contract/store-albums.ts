import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DecideTurn } from '../../src/domain/decision.ts';
import type { Saying } from '../../src/domain/message.ts';
import type { Store } from '../../src/store/store.ts';
import {
  type Adapter,
  everything,
  file,
  inbound,
  type MakeAdapter,
  nothing,
  officer,
  render,
  START,
  saying,
  scopeFor,
} from './store-fixtures.ts';

/** What every store makes of albums, whose parts come one by one. */
export function albums(make: MakeAdapter): void {
  describe('albums', () => {
    let adapter: Adapter;
    let store: Store;
    const seen: { message: string; album: string | undefined }[] = [];
    beforeEach(async () => {
      seen.length = 0;
      adapter = await make();
      store = await adapter.open();
    });
    afterEach(() => adapter.dispose());

    const part = (
      id: string,
      { group = 'g', caption, ...over }: { group?: string; caption?: string } & Parameters<typeof inbound>[1] = {},
    ) =>
      inbound(
        { type: 'media', items: [{ id, kind: 'photo', state: 'stored' }], group, ...(caption !== undefined && { caption }) },
        { knownAs: `name-${id}`, ...over },
      );
    const looking =
      (...say: Saying[]): DecideTurn =>
      (desk) => {
        seen.push({ message: desk.message.id, album: desk.conversation.memory.album?.group });
        return { changes: [], say };
      };
    const thread = async () => (await store.readThread('web', 'web', 'resident-one', 0, 50)).map(({ body }) => body);
    const heard = async () =>
      (await thread())
        .filter(({ by }) => by.kind === 'resident')
        .map(({ text, media = [] }) => [text, media.map(({ id }) => id).join(' ')]);
    /** Sends all that may go now, one after another. */
    async function sendAll(): Promise<string[]> {
      const went: string[] = [];
      for (;;) {
        const { outbound } = await store.claim(10, adapter.clock.now + 60_000);
        if (outbound.length === 0) return went;
        went.push(...outbound.map(({ body }) => body.text.split('/')[0] ?? ''));
        await store.settle(outbound.map(({ id }) => ({ outbound: id, outcome: { is: 'sent', confirmed: true } })));
      }
    }
    /** An answer as the desk says it while an album comes in. */
    const answer = (key: string, replaces = 'album'): Saying => ({ key, at: adapter.clock.now + 1_500, replaces });

    test('its parts are one message with all files and words, for the resident and for the desk', async () => {
      const lead = await officer(store, 'lead', 'station');
      const first = await store.takeTurn(part('a', { caption: '楼道' }), looking(), render);
      await store.takeTurn(part('b'), looking(), render);
      const last = await store.takeTurn(part('c', { caption: '楼顶' }), looking(), render);
      expect(new Set(seen.map(({ message }) => message)).size).toBe(1);
      expect(seen.map(({ album }) => album)).toEqual(['g', 'g', 'g']);
      expect(last.seq).toBeGreaterThan(first.seq);
      expect(await heard()).toEqual([['楼道\n楼顶', 'a b c']]);
      const filed = await file(store, '都堆满了', {}, { messages: [seen[0]!.message] });
      const view = await store.readCase(scopeFor(store, lead), lead.id, filed.file.reference);
      expect(view?.messages.map(({ text, media }) => [text, media.map(({ id }) => id).join(' ')])).toEqual([['楼道\n楼顶', 'a b c']]);
      expect(await store.readMedia({ scope: scopeFor(store, lead), reader: lead.id }, 'c')).toMatchObject({ id: 'c' });
    });

    test('a part that comes again changes nothing', async () => {
      const parts = [part('a', { caption: '一' }), part('b', { caption: '二' })];
      for (const one of [...parts, ...parts]) await store.takeTurn(one, looking(), render);
      expect(seen).toHaveLength(2);
      expect(await heard()).toEqual([['一\n二', 'a b']]);
      expect(await store.takeTurn(parts[1]!, nothing, render)).toMatchObject({ repeat: true });
    });

    test("another group, another resident's, and one that comes once the first part is in a case begin a message of their own", async () => {
      await store.takeTurn(part('a'), looking(), render);
      await store.takeTurn(part('b', { group: 'h' }), looking(), render);
      await store.takeTurn(part('x', { group: 'h', address: 'resident-two' }), looking(), render);
      expect(await heard()).toEqual([
        ['', 'a'],
        ['', 'b'],
      ]);
      let filed = '';
      await store.takeTurn(
        part('c', { group: 'h' }),
        (desk) => {
          filed = desk.message.id;
          return { changes: [], say: [] };
        },
        render,
      );
      await file(store, '就这些', {}, { messages: [filed] });
      await store.takeTurn(part('d', { group: 'h' }), looking(), render);
      expect(await heard()).toEqual([
        ['', 'a'],
        ['', 'b c'],
        ['就这些', ''],
        ['', 'd'],
      ]);
    });

    test.each([
      ['ordinary', {}],
      ['sealed', { kind: 'complaint', about: 'officer', sealed: true } as const],
    ])('whose first part went into an %s case brings the others there, with their words and files', async (_kind, over) => {
      const inspector = await officer(store, 'inspector', 'inspection');
      const filed = await file(store, '楼道的事', over);
      const inCase: (true | undefined)[] = [];
      const filing: DecideTurn = (desk) => {
        inCase.push(desk.message.inCase);
        const changes = desk.message.inCase ? [] : [{ do: 'fileMessages' as const, case: filed.file.id, messages: [desk.message.id] }];
        return { changes, say: [answer(`thanks ${inCase.length}`)] };
      };
      await store.takeTurn(part('a', { caption: '楼道' }), filing, render);
      await store.takeTurn(part('b', { caption: '楼顶铙钹' }), filing, render);
      await store.takeTurn(part('c'), filing, render);
      expect(inCase).toEqual([undefined, true, true]);
      const view = await store.readCase(everything(store), inspector.id, filed.file.reference);
      const [album, ...more] = view!.messages.filter(({ media }) => media.length > 0);
      expect([album?.text, album?.media.map(({ id }) => id), more]).toEqual(['楼道\n楼顶铙钹', ['a', 'b', 'c'], []]);
      expect(await store.readMedia({ scope: everything(store), reader: inspector.id }, 'c')).toMatchObject({ id: 'c' });
      const found = await store.findCases(everything(store), inspector.id, { words: '铙钹', sort: 'opened', limit: 10 });
      expect(found.items).toHaveLength(filed.file.sealed ? 0 : 1);
      adapter.clock.now = START + 1_500;
      expect(await sendAll()).toEqual(['thanks 3']);
    });

    test('an edit of one part changes the words of that part alone', async () => {
      await store.takeTurn(part('a', { caption: '楼道' }), nothing, render);
      await store.takeTurn(part('b'), nothing, render);
      await store.takeTurn(part('c', { caption: '楼' }), nothing, render);
      const edited = (messageId: string, text: string) => store.takeTurn(inbound({ type: 'edited', text, messageId }), nothing, render);
      await edited('name-c', '楼顶');
      await edited('name-b', '电梯');
      await edited('name-a', '楼道口');
      expect(await heard()).toEqual([['楼道口\n电梯\n楼顶', 'a b c']]);
    });

    test('under seal its parts go with it; a quoted part leads to the case', async () => {
      const inspector = await officer(store, 'inspector', 'inspection');
      await store.takeTurn(part('a'), looking(answer('one')), render);
      await store.takeTurn(part('b'), looking(), render);
      const filed = await file(
        store,
        '他骂人',
        { kind: 'complaint', about: 'officer', sealed: true },
        { messages: [seen[0]!.message], formTurns: [] },
      );
      let quoted: string | undefined;
      await store.takeTurn(
        inbound('?'),
        (desk) => {
          const [found] = desk.found;
          if (!found) return { needs: [{ what: 'quoted', knownAs: 'name-b' }] };
          quoted = found.what === 'quoted' ? found.case?.file.reference : undefined;
          return { changes: [], say: [] };
        },
        render,
      );
      expect(quoted).toBe(filed.file.reference);
      const view = await store.readCase(scopeFor(store, inspector), inspector.id, filed.file.reference);
      expect(view?.messages.map(({ media }) => media.map(({ id }) => id))).toEqual([['a', 'b']]);
    });

    test('its answers take the place of the one before, and all that one turn says under the name go together', async () => {
      await store.takeTurn(part('a'), saying(answer('got 1'), answer('more?')), render);
      await store.takeTurn(part('b'), saying(answer('got 2'), answer('enough?')), render);
      expect(await sendAll()).toEqual([]);
      adapter.clock.now = START + 1_500;
      expect(await sendAll()).toEqual(['got 2', 'enough?']);
    });

    test('whatever else comes sends them off at once, before its own answer', async () => {
      await store.takeTurn(part('a'), saying(answer('got 1'), answer('more?')), render);
      expect((await store.takeTurn(inbound('就这些'), looking({ key: 'filed' }), render)).outbound).toEqual([]);
      expect(seen).toMatchObject([{ album: undefined }]);
      expect(await sendAll()).toEqual(['got 1', 'more?', 'filed']);
    });

    test('whatever was said under a name of the album goes off with it, and nothing else that waits', async () => {
      await store.takeTurn(
        part('a'),
        saying(answer('receipt', 'album.kept'), answer('more?'), answer('later', 'albums'), answer('too big', 'album.photo:tooBig')),
        render,
      );
      await store.takeTurn(inbound('就这些'), saying({ key: 'filed' }), render);
      expect(await sendAll()).toEqual(['receipt', 'more?', 'too big', 'filed']);
      adapter.clock.now = START + 1_500;
      expect(await sendAll()).toEqual(['later']);
    });

    test('a new album does not take the place of what was said to the one before', async () => {
      await store.takeTurn(part('a'), saying(answer('to g')), render);
      await store.takeTurn(part('b', { group: 'h' }), saying(answer('to h')), render);
      expect(await sendAll()).toEqual(['to g']);
      expect((await thread()).map(({ text }) => text.split('/')[0])).toContain('to g');
      await store.takeTurn(part('c', { group: 'h' }), saying(answer('to h, 2')), render);
      adapter.clock.now = START + 1_500;
      expect((await thread()).flatMap(({ by, text }) => (by.kind === 'bot' ? [text.split('/')[0]] : []))).toEqual(['to g', 'to h, 2']);
    });
  });
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Officer } from '../../src/domain/officer.ts';
import type { Store } from '../../src/store/store.ts';
import {
  type Adapter,
  acting,
  deciding,
  everything,
  file,
  inbound,
  type MakeAdapter,
  nothing,
  officer,
  openingChange,
  render,
  replying,
  START,
  saying,
  scopeFor,
  unitId,
} from './store-fixtures.ts';

/** What every store keeps of cases, and of what officers do to them. */
export function cases(make: MakeAdapter): void {
  describe('cases', () => {
    let adapter: Adapter;
    let store: Store;
    let lead: Officer;
    let inspector: Officer;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
      lead = await officer(store, 'lead', 'station');
      inspector = await officer(store, 'inspector', 'inspection');
    });
    afterEach(() => adapter.dispose());

    const view = async (by: Officer, reference: string) => store.readCase(scopeFor(store, by), by.id, reference);
    const queue = async (by: Officer, over: object = {}) =>
      store.findCases(scopeFor(store, by), by.id, { sort: 'due', limit: 50, ...over });
    const residentReads = async (address = 'resident-one') =>
      (await store.readThread('web', 'web', address, 0, 100)).map(({ body }) => body.text);

    test('a filed case has its words, its thread and its first event; version 1', async () => {
      const filed = await file(store, '楼下广场舞太吵', {}, { say: [{ key: 'report:filed', case: 'this', secret: 'ABCD1234' }] });
      const found = await view(lead, filed.file.reference);
      expect(found?.file).toMatchObject({ reference: filed.file.reference, version: 1, status: 'opened', alias: filed.file.alias });
      expect(found?.messages.map(({ from, text }) => [from, text])).toEqual([
        ['resident', '楼下广场舞太吵'],
        ['bot', 'report:filed/zh-CN/••••'],
      ]);
      expect(found?.events.map(({ verb, version, actor }) => [verb, version, actor.kind])).toEqual([['opened', 1, 'resident']]);
      expect(found?.resident).toEqual({ alias: filed.file.alias, channel: 'web', reachable: true, hasContact: false });
    });

    test("an officer's reply goes to the resident, signed, and is in the thread with its delivery", async () => {
      const { file: head } = await file(store, '路灯坏了');
      const acted = await acting(store, lead, head.reference, replying(lead, '今天下午修'), { seen: 1 });
      expect(acted).toMatchObject({ done: true, repeat: false, reference: head.reference, version: 2, made: expect.any(String) });
      if (!acted.done) throw new Error();
      expect(acted.outbound.map(({ address, body }) => [address, body])).toEqual([
        ['resident-one', { text: '今天下午修', by: { kind: 'officer', signature: lead.publicName } }],
      ]);
      const found = await view(lead, head.reference);
      expect(found?.messages.at(-1)).toMatchObject({
        id: acted.made,
        from: 'officer',
        signature: lead.publicName,
        delivery: { state: 'pending' },
      });
      expect(await residentReads()).toEqual(['路灯坏了', '今天下午修']);
    });

    test('a stale writer is told what changed, and nothing happens', async () => {
      const { file: head } = await file(store, '路灯坏了');
      await acting(store, lead, head.reference, replying(lead, '今天下午修'));
      const stale = await acting(store, lead, head.reference, replying(lead, '明天修'), { seen: 1 });
      expect(stale).toMatchObject({ done: false, refuse: 'stale', changed: [{ verb: 'replied', version: 2 }] });
      expect(await residentReads()).toEqual(['路灯坏了', '今天下午修']);
    });

    test('the same key again gives the same answer; with another body it is refused', async () => {
      const { file: head } = await file(store, '路灯坏了');
      const once = { route: 'replies', key: 'k1', bodyHash: 'aa' };
      const first = await acting(store, lead, head.reference, replying(lead, '今天下午修'), { once, seen: 1 });
      const again = await acting(store, lead, head.reference, replying(lead, '今天下午修'), { once, seen: 1 });
      if (!first.done) throw new Error();
      expect(again).toEqual({ done: true, repeat: true, reference: head.reference, version: 2, made: first.made, outbound: [] });
      expect(await acting(store, lead, head.reference, replying(lead, '别的'), { once: { ...once, bodyHash: 'bb' } })).toEqual({
        done: false,
        refuse: 'key-reused',
      });
      expect(await residentReads()).toHaveLength(2);
      adapter.clock.now += 7 * 86_400_000 + 1;
      expect(await acting(store, lead, head.reference, replying(lead, '又'), { once })).toMatchObject({ done: true, repeat: false });
    });

    test('a refused act leaves its key free', async () => {
      const { file: head } = await file(store, '路灯坏了');
      const once = { route: 'replies', key: 'k1', bodyHash: 'aa' };
      expect(await acting(store, lead, head.reference, () => ({ refuse: 'not-your-step', detail: { who: 'x' } }), { once })).toEqual({
        done: false,
        refuse: 'not-your-step',
        detail: { who: 'x' },
      });
      expect(await acting(store, lead, head.reference, replying(lead, '好'), { once })).toMatchObject({ done: true, repeat: false });
    });

    test('missing and hidden are the same to whoever may not see it', async () => {
      const sealed = await file(store, '民警骂人', { kind: 'complaint', about: 'officer', sealed: true });
      for (const reference of [sealed.file.reference, 'ZZZZZZZZ']) {
        expect(await acting(store, lead, reference, replying(lead, '好'), { seen: 99 })).toEqual({ done: false, refuse: 'not-found' });
        expect(await view(lead, reference)).toBeUndefined();
        expect(await store.readContact(scopeFor(store, lead), lead.id, reference)).toBeUndefined();
      }
      expect(await queue(lead)).toEqual({ items: [], total: 0, totalIsFloor: false });
    });

    test('an act that opens a case is remembered by its key', async () => {
      const once = { route: 'cases', key: 'k1', bodyHash: 'aa' };
      const open = () =>
        acting(
          store,
          lead,
          undefined,
          (_file, chance) => ({
            changes: [
              openingChange(
                store.catalogue(),
                chance,
                {},
                {
                  content: {
                    summary: '窗口报的事',
                    answers: [{ step: 'details', asked: '', locale: 'zh-CN', value: '', shown: '楼道堆了纸箱' }],
                  },
                  contact: { name: '王某', phone: '139****0000' },
                  actor: { kind: 'officer', officer: lead.id },
                },
              ),
            ],
            say: [],
          }),
          { once },
        );
      const first = await open();
      if (!first.done) throw new Error();
      expect(first).toMatchObject({ version: 1, repeat: false });
      expect(await open()).toMatchObject({ repeat: true, reference: first.reference });
      const found = await view(lead, first.reference);
      expect(found?.messages).toEqual([]);
      expect(found?.resident).toMatchObject({ channel: 'counter', reachable: false, hasContact: true });
      expect(await store.readContact(scopeFor(store, lead), lead.id, first.reference)).toEqual({ name: '王某', phone: '139****0000' });
      expect((await queue(lead, { words: '纸箱' })).items).toHaveLength(1);
      const replied = await acting(store, lead, first.reference, replying(lead, '请来窗口'));
      if (!replied.done) throw new Error();
      expect(replied.outbound).toEqual([]);
      expect((await view(lead, first.reference))?.messages.at(-1)?.delivery).toMatchObject({ state: 'failed', reason: 'no-channel' });
    });

    test('notes are for officers, name their writer and leave the version', async () => {
      const { file: head } = await file(store, '路灯坏了');
      const noted = await acting(store, lead, head.reference, (head) => ({
        changes: [
          { do: 'note', case: head!.id, officer: lead.id, text: '已联系物业' },
          { do: 'event', case: head!.id, verb: 'noted', actor: { kind: 'officer', officer: lead.id }, quiet: true },
        ],
        say: [],
      }));
      expect(noted).toMatchObject({ version: 1, made: expect.any(String) });
      const found = await view(lead, head.reference);
      expect(found?.notes).toEqual([{ id: (noted as { made: string }).made, at: START, officer: lead.id, text: '已联系物业' }]);
      expect(await residentReads()).toEqual(['路灯坏了']);
    });

    test('an event changes the head, keeps its reason for those who may read it, and takes away what is undefined', async () => {
      const { file: head } = await file(store, '路灯坏了');
      const actor = { kind: 'officer', officer: lead.id } as const;
      await acting(store, lead, head.reference, (head) => ({
        changes: [
          {
            do: 'event',
            case: head!.id,
            verb: 'accepted',
            actor,
            patch: { status: 'in-progress', owner: lead.id, dueAt: START + 5 },
            reason: '归我管',
          },
        ],
        say: [],
      }));
      expect((await view(lead, head.reference))?.file).toMatchObject({
        status: 'in-progress',
        owner: lead.id,
        dueAt: START + 5,
        version: 2,
      });
      expect((await view(lead, head.reference))?.owner?.username).toBe(lead.username);
      await acting(store, lead, head.reference, (head) => ({
        changes: [
          { do: 'event', case: head!.id, verb: 'assigned', actor, patch: { owner: undefined, dueAt: undefined }, data: { to: 'none' } },
        ],
        say: [],
      }));
      const found = await view(lead, head.reference);
      expect(found?.file).not.toHaveProperty('owner');
      expect(found?.file).not.toHaveProperty('dueAt');
      expect(found?.events.map(({ verb, reason, data }) => [verb, reason, data])).toEqual([
        ['opened', undefined, undefined],
        ['accepted', '归我管', undefined],
        ['assigned', undefined, { to: 'none' }],
      ]);
    });

    test("the resident's later words make a case unread until someone of the desk opens it", async () => {
      const { file: head } = await file(store, '路灯坏了');
      expect((await queue(lead)).items[0]?.unread).toBe(true);
      await view(lead, head.reference);
      expect((await queue(lead)).items[0]?.unread).toBe(false);
      await store.takeTurn(
        inbound('还没修'),
        ({ message }) => ({
          changes: [
            { do: 'fileMessages', case: head.id, messages: [message.id] },
            { do: 'event', case: head.id, verb: 'message-added', actor: { kind: 'resident' } },
          ],
          say: [],
        }),
        render,
      );
      expect((await queue(lead)).items[0]).toMatchObject({ unread: true, file: { version: 2 } });
      expect((await view(lead, head.reference))?.messages.map(({ text }) => text)).toEqual(['路灯坏了', '还没修']);
      expect((await queue(lead)).items[0]?.unread).toBe(false);
    });

    test('the queue is sorted, filtered and paged by key; each case once', async () => {
      const made: string[] = [];
      for (let nth = 0; nth < 12; nth += 1) {
        adapter.clock.now = START + nth * 1_000;
        const dueAt = nth % 3 === 0 ? {} : { dueAt: START + ((nth * 7) % 5) * 1_000 };
        made.push((await file(store, `第 ${nth} 件`, { kind: nth % 2 === 0 ? 'problem' : 'help', ...dueAt })).file.reference);
      }
      for (const sort of ['due', 'opened', 'updated'] as const) {
        const paged: string[] = [];
        let after: string | undefined;
        do {
          const page = await queue(lead, { sort, limit: 5, ...(after && { after }) });
          expect(page.total).toBe(12);
          paged.push(...page.items.map(({ file }) => file.reference));
          after = page.next;
        } while (after !== undefined);
        expect(new Set(paged).size).toBe(12);
        if (sort !== 'due') expect(paged).toEqual([...made].reverse());
      }
      const due = (await queue(lead)).items.map(({ file }) => file.dueAt ?? Number.POSITIVE_INFINITY);
      expect(due).toEqual([...due].sort((a, b) => a - b));
      expect((await queue(lead, { kind: 'help' })).total).toBe(6);
      expect((await queue(lead, { status: ['opened'] })).total).toBe(12);
      expect((await queue(lead, { status: ['closed'] })).total).toBe(0);
      expect((await queue(lead, { owner: null })).total).toBe(12);
      expect((await queue(lead, { owner: lead.id })).total).toBe(0);
      expect((await queue(lead, { unit: unitId(store.catalogue(), 'station') })).total).toBe(12);
      expect((await queue(lead, { unit: unitId(store.catalogue(), 'patrol') })).total).toBe(0);
      expect((await queue(lead, { dueBefore: START + 1_001 })).items.every(({ file }) => (file.dueAt ?? 0) <= START + 1_000)).toBe(true);
      const { next } = await queue(lead, { sort: 'opened', limit: 5 });
      await expect(queue(lead, { sort: 'due', ...(next && { after: next }) })).rejects.toMatchObject({ code: 'invalid' });
    });

    test('a line of the queue says what stands in the way of an answer', async () => {
      const { file: head } = await file(store, '路灯坏了');
      const acted = await acting(store, lead, head.reference, replying(lead, '今天下午修'));
      if (!acted.done) throw new Error();
      const [sent] = acted.outbound;
      await store.settle([{ outbound: sent!.id, outcome: { is: 'sent', confirmed: false } }]);
      expect((await queue(lead)).items[0]?.delivery).toBe('waiting');
      await store.settle([{ outbound: sent!.id, outcome: { is: 'sent', confirmed: true } }]);
      expect((await queue(lead)).items[0]).not.toHaveProperty('delivery');
    });

    describe('under seal', () => {
      const sealedOver = { kind: 'complaint', about: 'officer', sealed: true } as const;

      test("a sealed case is inspection's alone; its resident sees all, its officer only what was filed", async () => {
        const first = await store.takeTurn(inbound('我要说民警的事'), saying({ key: 'report:details.ask' }), render);
        const turnId = (await store.readThread('web', 'web', 'resident-one', 0, 1))[0]!.id;
        expect(first.outbound).toHaveLength(1);
        const filed = await file(store, '他在窗口骂人', sealedOver, {
          formTurns: [turnId],
          say: [{ key: 'report:filed', case: 'this' }, { key: 'desk:home' }],
        });
        await store.takeTurn(inbound('另一件事'), nothing, render);
        expect(await residentReads()).toEqual([
          '我要说民警的事',
          'report:details.ask/zh-CN',
          '他在窗口骂人',
          'report:filed/zh-CN',
          'desk:home/zh-CN',
          '另一件事',
        ]);
        const found = await view(inspector, filed.file.reference);
        expect(found?.messages.map(({ text }) => text)).toEqual(['他在窗口骂人', 'report:filed/zh-CN']);
        expect(found?.resident).toMatchObject({ channel: 'web', reachable: true });
        expect((await queue(inspector, { words: '窗口' })).items).toEqual([]);
      });

      test("an inspector's answer finds its way through the tie", async () => {
        const filed = await file(store, '他在窗口骂人', sealedOver);
        const acted = await acting(store, inspector, filed.file.reference, replying(inspector, '我们在查'));
        if (!acted.done) throw new Error();
        expect(acted.outbound.map(({ address, conversation }) => [address, conversation])).toEqual([['resident-one', filed.conversation]]);
        expect(await residentReads()).toEqual(['他在窗口骂人', '我们在查']);
      });

      test('every read, listing and file of it leaves an entry that names it, before anything is shown', async () => {
        const filed = await file(store, '他在窗口骂人', sealedOver);
        const other = await file(store, '另一个也骂人', sealedOver);
        await view(inspector, filed.file.reference);
        await queue(inspector);
        const { items } = await store.audit([filed.file.station], 'all', undefined, 2);
        expect(items.map(({ verb, actor }) => [verb, actor])).toEqual([
          ['sealed-listed', inspector.id],
          ['sealed-read', inspector.id],
        ]);
        expect(items[0]?.subject.split(' ').sort()).toEqual([filed.file.reference, other.file.reference].sort());
        expect(items[1]?.subject).toBe(filed.file.reference);
      });

      test('those it names do not see it, inspectors or not', async () => {
        const named = { ...sealedOver, subjects: { officers: [inspector.id], units: [] } };
        const filed = await file(store, '督察也骂人', named);
        const other = await officer(store, 'inspector', 'inspection');
        expect(await view(inspector, filed.file.reference)).toBeUndefined();
        expect(await view(other, filed.file.reference)).toBeDefined();
        const unit = await file(store, '督察队的事', { ...sealedOver, subjects: { officers: [], units: [inspector.unit] } });
        expect(await view(other, unit.file.reference)).toBeUndefined();
      });

      test('passing an ordinary case on takes it, its words and its thread out of sight at once', async () => {
        const turnId = (await store.takeTurn(inbound('填表'), saying({ key: 'report:details.ask' }), render)).seq;
        const form = (await store.readThread('web', 'web', 'resident-one', turnId - 1, 1))[0]!.id;
        const filed = await file(store, '窗口收我红包', {}, { formTurns: [form] });
        await acting(store, lead, filed.file.reference, replying(lead, '我看看'));
        expect((await queue(lead, { words: '红包' })).total).toBe(1);
        const passed = await acting(store, lead, filed.file.reference, (head) => ({
          changes: [
            {
              do: 'event',
              case: head!.id,
              verb: 'passed-to-inspection',
              actor: { kind: 'officer', officer: lead.id },
              patch: { unit: inspector.unit },
            },
            { do: 'seal', case: head!.id, subjects: { officers: [lead.id], units: [] } },
          ],
          say: [{ key: 'casework:passed', case: head!.id }],
        }));
        expect(passed).toMatchObject({ done: true, version: 3 });
        expect(await view(lead, filed.file.reference)).toBeUndefined();
        expect((await queue(lead, { words: '红包' })).total).toBe(0);
        expect((await queue(inspector, { words: '红包' })).total).toBe(0);
        expect((await view(inspector, filed.file.reference))?.messages.map(({ text }) => text)).toEqual([
          '窗口收我红包',
          '我看看',
          'casework:passed/zh-CN',
        ]);
        expect(await residentReads()).toEqual(['填表', 'report:details.ask/zh-CN', '窗口收我红包', '我看看', 'casework:passed/zh-CN']);
        const mine = await store.takeTurn(
          inbound('我的事'),
          (desk) => {
            if (desk.found.length === 0) return { needs: [{ what: 'myCase', reference: filed.file.reference }] };
            return { changes: [], say: [], result: { found: desk.found } };
          },
          render,
        );
        expect(mine.result).toMatchObject({ found: [{ case: { guest: false, file: { sealed: true } } }] });
      });

      test("a later message of the resident joins the sealed thread and leaves the conversation's", async () => {
        const filed = await file(store, '他在窗口骂人', sealedOver);
        await store.takeTurn(
          inbound('还有录音'),
          ({ message }) => ({
            changes: [{ do: 'fileMessages', case: filed.file.id, messages: [message.id] }],
            say: [{ key: 'message:added', case: filed.file.id }],
          }),
          render,
        );
        expect((await view(inspector, filed.file.reference))?.messages.map(({ text }) => text)).toEqual([
          '他在窗口骂人',
          '还有录音',
          'message:added/zh-CN',
        ]);
        expect(await residentReads()).toEqual(['他在窗口骂人', '还有录音', 'message:added/zh-CN']);
      });
    });

    describe('files', () => {
      const photo = (id: string) => ({
        id,
        kind: 'photo' as const,
        mime: 'image/jpeg',
        bytes: 3,
        state: 'stored' as const,
        fileKey: new Uint8Array(32).fill(9),
        cipherSha256: 'ab',
        shownName: '楼道.jpg',
      });

      test('a file goes with its message; its key comes back to those who may see it, and to nobody else', async () => {
        await store.takeTurn(inbound({ type: 'media', items: [photo('m1')], caption: '看' }), nothing, render);
        const message = (await store.readThread('web', 'web', 'resident-one', 0, 1))[0]!.id;
        const own = { channel: 'web', bot: 'web', address: 'resident-one' };
        expect(await store.readMedia(own, 'm1')).toEqual(photo('m1'));
        expect(await store.readMedia({ ...own, address: 'resident-two' }, 'm1')).toBeUndefined();
        expect(await store.readMedia({ scope: scopeFor(store, lead), reader: lead.id }, 'm1')).toBeUndefined();
        const filed = await file(store, '楼道堆物', {}, { messages: [message], media: ['m1'] });
        expect(await store.readMedia({ scope: scopeFor(store, lead), reader: lead.id }, 'm1')).toEqual(photo('m1'));
        const [shown] = (await view(lead, filed.file.reference))!.messages;
        expect(shown?.media).toEqual([{ id: 'm1', kind: 'photo', mime: 'image/jpeg', bytes: 3, state: 'stored' }]);
        expect(await store.readMedia(own, 'm1')).toEqual(photo('m1'));
      });

      test("under seal a file is its resident's and inspection's, with an entry", async () => {
        await store.takeTurn(inbound({ type: 'media', items: [photo('m2')] }), nothing, render);
        const message = (await store.readThread('web', 'web', 'resident-one', 0, 1))[0]!.id;
        const filed = await file(store, '民警骂人', { kind: 'complaint', about: 'officer', sealed: true }, { messages: [message] });
        expect(await store.readMedia({ scope: scopeFor(store, lead), reader: lead.id }, 'm2')).toBeUndefined();
        expect(await store.readMedia({ scope: scopeFor(store, inspector), reader: inspector.id }, 'm2')).toEqual(photo('m2'));
        expect((await store.audit([filed.file.station], 'all', undefined, 1)).items[0]).toMatchObject({
          verb: 'sealed-read',
          subject: filed.file.reference,
        });
        expect(await store.readMedia({ channel: 'web', bot: 'web', address: 'resident-one' }, 'm2')).toEqual(photo('m2'));
      });

      test('a stub becomes what was fetched', async () => {
        const { fileKey: _key, cipherSha256: _sha, ...known } = photo('m3');
        await store.takeTurn(
          inbound({ type: 'media', items: [{ ...known, state: 'stub', why: 'not-fetched', fetchRef: 'tg-1' }] }),
          nothing,
          render,
        );
        expect((await store.readThread('web', 'web', 'resident-one', 0, 1))[0]?.body.media).toEqual([
          { id: 'm3', kind: 'photo', mime: 'image/jpeg', bytes: 3, state: 'stub', why: 'not-fetched' },
        ]);
        await store.settle([], [{ media: photo('m3') }]);
        expect((await store.readThread('web', 'web', 'resident-one', 0, 1))[0]?.body.media).toEqual([
          { id: 'm3', kind: 'photo', mime: 'image/jpeg', bytes: 3, state: 'stored' },
        ]);
      });
    });

    test('an emergency is for those it is routed to until someone acknowledges it; sealed words take it to inspection', async () => {
      const station = store.catalogue().rootStation;
      const raise = (id: string, toInspection: boolean, text: string) =>
        store.takeTurn(
          inbound(text),
          deciding([{ do: 'raiseEmergency', id, level: 'now', station, toInspection, ruleDate: '2026-07-01', rule: 'fire' }]),
          render,
        );
      await raise('e1', false, '着火了');
      adapter.clock.now += 1;
      await raise('e2', true, '他打我');
      const open = async (by: Officer) => (await store.findEmergencies(scopeFor(store, by), true)).map(({ id, text }) => [id, text]);
      expect(await open(lead)).toEqual([['e1', '着火了']]);
      expect(await open(inspector)).toEqual([
        ['e2', '他打我'],
        ['e1', '着火了'],
      ]);
      expect(await store.acknowledgeEmergency(scopeFor(store, lead), lead.id, 'e2')).toBe(false);
      expect(await store.acknowledgeEmergency(scopeFor(store, lead), lead.id, 'e1')).toBe(true);
      expect(await store.acknowledgeEmergency(scopeFor(store, inspector), inspector.id, 'e1')).toBe(true);
      expect(await open(lead)).toEqual([]);
      expect((await store.findEmergencies(scopeFor(store, lead), false))[0]).toMatchObject({ acknowledgedBy: lead.id });
      await raise('e3', false, '他要打死我');
      const words = (await store.readThread('web', 'web', 'resident-one', 0, 100)).at(-1)!.id;
      expect(await open(lead)).toEqual([['e3', '他要打死我']]);
      await file(store, '是民警', { kind: 'complaint', about: 'officer', sealed: true }, { formTurns: [words] });
      expect(await open(lead)).toEqual([]);
    });

    test('the clock deals with each due promise once, and again where it is promised anew', async () => {
      const { file: head } = await file(store, '路灯坏了');
      await acting(store, lead, head.reference, () => ({
        changes: [
          { do: 'promise', case: head.id, kind: 'reminder', nth: 0, dueAt: START + 10 },
          { do: 'promise', case: head.id, kind: 'closing', nth: 0, dueAt: START + 20 },
        ],
        say: [],
      }));
      const dealt: string[] = [];
      const tick = () =>
        store.tick(
          adapter.clock.now,
          10,
          (desk, promise) => {
            dealt.push(`${promise.kind}/${promise.nth}/${desk.file?.reference === head.reference}`);
            if (promise.kind === 'closing') return { changes: [{ do: 'keep', case: head.id, kind: 'closing' }], say: [] };
            return {
              changes: promise.dueAt < START + 30 ? [{ do: 'promise', case: head.id, kind: 'reminder', nth: 0, dueAt: START + 30 }] : [],
              say: [{ key: 'casework:reminder', case: head.id }],
            };
          },
          render,
        );
      expect(await tick()).toEqual({ done: 0, outbound: [] });
      adapter.clock.now = START + 25;
      const { done, outbound } = await tick();
      expect([done, outbound.map(({ body }) => body.text)]).toEqual([2, ['casework:reminder/zh-CN']]);
      expect((await tick()).done).toBe(0);
      adapter.clock.now = START + 31;
      expect((await tick()).done).toBe(1);
      expect((await tick()).done).toBe(0);
      expect(dealt).toEqual(['reminder/0/true', 'closing/0/true', 'reminder/0/true']);
    });

    test('a promise is decided from what became of the answer and its reminder', async () => {
      const { file: head } = await file(store, '路灯坏了');
      const acted = await acting(store, lead, head.reference, (head) => ({
        changes: [
          { do: 'event', case: head!.id, verb: 'answered', actor: { kind: 'officer', officer: lead.id }, patch: { status: 'answered' } },
          { do: 'promise', case: head!.id, kind: 'reminder', nth: 0, dueAt: START + 10 },
          { do: 'promise', case: head!.id, kind: 'closing', nth: 0, dueAt: START + 20 },
        ],
        say: [{ key: 'casework:answer', case: head!.id, by: { officer: lead.id, signature: lead.publicName, text: '修好了' } }],
      }));
      if (!acted.done) throw new Error();
      await store.settle([{ outbound: acted.outbound[0]!.id, outcome: { is: 'sent', confirmed: true } }]);
      adapter.clock.now = START + 11;
      const remind = await store.tick(
        adapter.clock.now,
        10,
        () => ({ changes: [], say: [{ key: 'casework:reminder', case: head.id }] }),
        render,
      );
      await store.settle([{ outbound: remind.outbound[0]!.id, outcome: { is: 'held', reason: 'window' } }]);
      adapter.clock.now = START + 21;
      let told: unknown;
      await store.tick(
        adapter.clock.now,
        10,
        ({ lastAnswer, reminder, invited, promises, resident }) => {
          told = { lastAnswer, reminder, invited, promises: promises.map(({ kind }) => kind), reachable: resident?.reachable };
          return { changes: [], say: [] };
        },
        render,
      );
      expect(told).toEqual({
        lastAnswer: { outbound: acted.outbound[0]!.id, state: 'sent', at: START, sentAt: START },
        reminder: { state: 'held' },
        invited: false,
        promises: ['reminder', 'closing'],
        reachable: true,
      });
    });

    test("one promise that can't be decided keeps no other from being dealt with", async () => {
      const first = await file(store, '一');
      const second = await file(store, '二');
      for (const { file: head } of [first, second]) {
        await acting(store, lead, head.reference, () => ({
          changes: [{ do: 'promise', case: head.id, kind: 'finish', nth: 0, dueAt: START }],
          say: [],
        }));
      }
      const dealt: string[] = [];
      const ticking = store.tick(
        START,
        10,
        (_desk, promise) => {
          if (promise.case === first.file.id) throw new Error('boom');
          dealt.push(promise.case);
          return { changes: [], say: [{ key: 'casework:late', case: promise.case }] };
        },
        render,
      );
      await expect(ticking).rejects.toThrow('boom');
      expect(dealt).toEqual([second.file.id]);
      expect((await store.claim(10, START + 60_000)).outbound).toMatchObject([
        { attempts: 1, possiblyRepeated: false, body: { text: 'casework:late/zh-CN' } },
      ]);
    });

    test('the feed tells each event in order with the head as it is, and listeners of each commit', async () => {
      const told: object[] = [];
      const stop = store.onCommit((what) => told.push(what));
      const { file: head } = await file(store, '路灯坏了');
      // The first reply goes with whoever wrote it; the second waits behind it for whoever looks.
      await acting(store, lead, head.reference, replying(lead, '好'));
      await acting(store, lead, head.reference, replying(lead, '明天来'));
      stop();
      await store.takeTurn(inbound('?'), saying({ key: 'x' }), render);
      expect(told).toEqual([
        { feed: true, outbox: false, emergencies: false },
        { feed: true, outbox: false, emergencies: false },
        { feed: true, outbox: true, emergencies: false },
      ]);
      const { items, last } = await store.feed(0, 10);
      expect(items.map(({ file }) => [file.reference, file.version])).toEqual([
        [head.reference, 3],
        [head.reference, 3],
        [head.reference, 3],
      ]);
      expect([items.map(({ seq }) => seq), last]).toEqual([[1, 2, 3], 3]);
      expect(await store.feed(3, 10)).toEqual({ items: [], last: 3, mark: expect.any(String), from: 3 });
      expect((await store.feed(0, 1)).last).toBe(1);
    });

    test('no audit entry names content, or a resident', async () => {
      const { file: head, conversation } = await file(store, '路灯坏了');
      await acting(store, lead, head.reference, replying(lead, '今天下午修'));
      const { items } = await store.audit('all', 'all', undefined, 100);
      expect(items.map(({ verb }) => verb)).toEqual(
        expect.arrayContaining(['opened', 'replied', 'account-added', 'inspector-added', 'desk-made']),
      );
      const told = JSON.stringify(items);
      for (const hidden of [conversation, '路灯', '下午', 'resident-one']) expect(told).not.toContain(hidden);
      expect(items.find(({ verb }) => verb === 'opened')).toMatchObject({
        actor: 'resident',
        subject: head.reference,
        version: 1,
        chain: head.station,
      });
    });

    test('whoever may see everything sees what the queue counts', async () => {
      await file(store, '一');
      await file(store, '二', { kind: 'complaint', about: 'officer', sealed: true });
      expect((await store.findCases(everything(store), inspector.id, { sort: 'opened', limit: 10 })).total).toBe(2);
    });
  });
}

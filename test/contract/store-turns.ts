import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeFrom } from '../../src/domain/chance.ts';
import type { Desk, Found, MyCase } from '../../src/domain/decision.ts';
import type { RatingGiven } from '../../src/domain/rating.ts';
import type { Store } from '../../src/store/store.ts';
import {
  type Adapter,
  deciding,
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

/** What every store keeps of a resident's turns. */
export function turns(make: MakeAdapter): void {
  describe('turns', () => {
    let adapter: Adapter;
    let store: Store;
    beforeEach(async () => {
      adapter = await make();
      store = await adapter.open();
    });
    afterEach(() => adapter.dispose());

    const seen = async (address = 'resident-one'): Promise<Desk> => {
      let desk: Desk | undefined;
      await store.takeTurn(
        inbound('?', { address }),
        (given) => {
          desk = given;
          return { changes: [], say: [] };
        },
        render,
      );
      return desk!;
    };

    test('a first turn begins a conversation in the language of its channel, and is heard and answered in order', async () => {
      const taken = await store.takeTurn(
        inbound('你好', { locale: 'en' }),
        saying({ key: 'desk:greeting' }, { key: 'desk:doors' }),
        render,
      );
      expect(taken.repeat).toBe(false);
      expect(taken.outbound.map(({ body }) => body.text)).toEqual(['desk:greeting/en', 'desk:doors/en']);
      expect(taken.outbound.map(({ address, channel }) => [address, channel])).toEqual([
        ['resident-one', 'web'],
        ['resident-one', 'web'],
      ]);
      const thread = await store.readThread('web', 'web', 'resident-one', 0, 10);
      expect(thread.map(({ body }) => body.text)).toEqual(['你好', 'desk:greeting/en', 'desk:doors/en']);
      expect(thread[0]?.updateId).toMatch(/^update-/);
    });

    test('the same update again changes nothing and gives the same answer', async () => {
      const once = inbound('你好');
      const first = await store.takeTurn(once, saying({ key: 'desk:greeting', secret: 'SECRET' }), render);
      let decided = 0;
      const again = await store.takeTurn(
        once,
        () => {
          decided += 1;
          return { changes: [], say: [{ key: 'desk:other' }] };
        },
        render,
      );
      expect(again.repeat).toBe(true);
      expect(again.seq).toBe(first.seq);
      expect(again.outbound.map(({ id, body, secret }) => [id, body.text, secret])).toEqual(
        first.outbound.map(({ id, body, secret }) => [id, body.text, secret]),
      );
      expect(decided).toBe(0);
      expect(await store.readThread('web', 'web', 'resident-one', 0, 10)).toHaveLength(2);
    });

    test('the same update sent many times at once is taken once', async () => {
      const once = inbound('你好');
      const all = await Promise.all(Array.from({ length: 20 }, () => store.takeTurn(once, saying({ key: 'desk:greeting' }), render)));
      expect(all.filter(({ repeat }) => !repeat)).toHaveLength(1);
      expect(await store.readThread('web', 'web', 'resident-one', 0, 10)).toHaveLength(2);
    });

    test("another resident's update with the same id is another update", async () => {
      await store.takeTurn(inbound('一', { updateId: 'same' }), saying({ key: 'a', secret: 'FIRST' }), render);
      const other = await store.takeTurn(inbound('二', { updateId: 'same', address: 'resident-two' }), nothing, render);
      expect(other.repeat).toBe(false);
      expect(other.outbound).toEqual([]);
    });

    test('a turn whose decision throws leaves nothing behind', async () => {
      const update = inbound('你好');
      await expect(
        store.takeTurn(
          update,
          () => {
            throw new Error('boom');
          },
          render,
        ),
      ).rejects.toThrow('boom');
      expect(await store.readThread('web', 'web', 'resident-one', 0, 10)).toEqual([]);
      expect((await store.takeTurn(update, nothing, render)).repeat).toBe(false);
    });

    test('a turn that fails takes none of those with it that came at the same time', async () => {
      const good = Array.from({ length: 5 }, (_, nth) => store.takeTurn(inbound(`好 ${nth}`), nothing, render));
      const bad = store.takeTurn(
        inbound('坏'),
        () => {
          throw new Error('boom');
        },
        render,
      );
      const more = Array.from({ length: 5 }, (_, nth) => store.takeTurn(inbound(`也好 ${nth}`), nothing, render));
      await expect(bad).rejects.toThrow('boom');
      await Promise.all([...good, ...more]);
      expect(await store.readThread('web', 'web', 'resident-one', 0, 50)).toHaveLength(10);
    });

    test('a refusal is thrown by its code and changes nothing', async () => {
      await expect(
        store.takeTurn(inbound('你好'), () => ({ refuse: 'rate-limited', detail: { wait: '5' } }), render),
      ).rejects.toMatchObject({
        code: 'rate-limited',
        detail: { wait: '5' },
      });
      expect(await store.readThread('web', 'web', 'resident-one', 0, 10)).toEqual([]);
    });

    test('what a decision needs is loaded once; to ask twice is a fault', async () => {
      const found: (readonly Found[])[] = [];
      await store.takeTurn(
        inbound('你好'),
        (desk) => {
          found.push(desk.found);
          return found.length === 1 ? { needs: [{ what: 'myCases', limit: 20 }] } : { changes: [], say: [] };
        },
        render,
      );
      expect(found).toEqual([[], [{ what: 'myCases', cases: [] }]]);
      await expect(store.takeTurn(inbound('再'), () => ({ needs: [{ what: 'myCases', limit: 20 }] }), render)).rejects.toThrow(
        'needs-asked-twice',
      );
    });

    test('turns of one conversation at once are applied one after another, each on what the last left', async () => {
      const adding = (word: string) =>
        store.takeTurn(
          inbound(word),
          ({ conversation: { memory } }) => ({
            changes: [{ do: 'remember', memory: { ...memory, lastTexts: [...memory.lastTexts, word] } }],
            say: [],
          }),
          render,
        );
      await Promise.all(['一', '二', '三', '四'].map(adding));
      expect((await seen()).conversation.memory.lastTexts).toEqual(['一', '二', '三', '四']);
    });

    test('what a conversation remembers survives a restart', async () => {
      const intake = {
        id: 'ABCDEFGH',
        flow: 'report',
        answers: { details: '漏水' },
        skipped: [],
        done: [],
        misses: 0,
        status: 'open' as const,
        startedAt: START,
        touchedAt: START,
        messages: [],
      };
      await store.takeTurn(
        inbound('漏水'),
        ({ conversation: { memory } }) => ({ changes: [{ do: 'remember', memory: { ...memory, intake, greeted: true } }], say: [] }),
        render,
      );
      store = await adapter.open();
      expect((await seen()).conversation.memory).toMatchObject({ intake, greeted: true });
    });

    test('an answer is worded in the language chosen in the same turn', async () => {
      const { outbound } = await store.takeTurn(
        inbound('English'),
        deciding([{ do: 'setConversation', locale: 'en' }], [{ key: 'desk:language' }]),
        render,
      );
      expect(outbound[0]?.body.text).toBe('desk:language/en');
      expect((await seen()).conversation.locale).toBe('en');
    });

    test("a tap reads as its button's label, and one nobody offered is not shown", async () => {
      const tap = { on: 'home', door: 'report' } as const;
      await store.takeTurn(inbound('你好'), saying({ key: 'desk:doors', buttons: [[{ label: { words: '说件事' }, tap }]] }), render);
      await store.takeTurn(inbound({ type: 'tap', tap }), nothing, render);
      await store.takeTurn(inbound({ type: 'tap', tap: { on: 'home', door: 'gone' } }), nothing, render);
      const thread = await store.readThread('web', 'web', 'resident-one', 0, 10);
      expect(thread.map(({ body }) => body.text)).toEqual(['你好', 'desk:doors/zh-CN', '说件事']);
    });

    test('an edited message shows its new words and keeps the old', async () => {
      await store.takeTurn(inbound('楼下太炒', { knownAs: 'first' }), nothing, render);
      await store.takeTurn(inbound({ type: 'edited', text: '楼下太吵', messageId: 'first' }), nothing, render);
      const thread = await store.readThread('web', 'web', 'resident-one', 0, 10);
      expect(thread.map(({ body }) => body.text)).toEqual(['楼下太吵']);
    });

    test('a thread is read on from a place, and what is not due yet is not in it', async () => {
      await store.takeTurn(inbound('一'), saying({ key: 'now' }, { key: 'later', at: START + 60_000 }), render);
      const [first] = await store.readThread('web', 'web', 'resident-one', 0, 1);
      expect(first?.body.text).toBe('一');
      const rest = await store.readThread('web', 'web', 'resident-one', first!.seq, 10);
      expect(rest.map(({ body }) => body.text)).toEqual(['now/zh-CN']);
      adapter.clock.now = START + 60_000;
      expect(await store.readThread('web', 'web', 'resident-one', first!.seq, 10)).toHaveLength(2);
    });

    test('allowances count within their window, and say whether it was told', async () => {
      const count = deciding([{ do: 'count', allowance: 'messages' }]);
      for (let sent = 0; sent < 60; sent += 1) await store.takeTurn(inbound('又'), count, render);
      expect((await seen()).allowance).toEqual({ messages: { over: true, told: false }, media: { over: false, told: false } });
      await store.takeTurn(inbound('又'), deciding([{ do: 'count', allowance: 'messages', told: true }]), render);
      expect((await seen()).allowance.messages).toEqual({ over: true, told: true });
      adapter.clock.now += 10 * 60_000;
      expect((await seen()).allowance.messages).toEqual({ over: false, told: false });
    });

    describe('needs', () => {
      const need = async (wanted: Parameters<typeof asked>[0], address = 'resident-one'): Promise<Found> => asked(wanted, address);
      async function asked(wanted: import('../../src/domain/decision.ts').Need, address: string): Promise<Found> {
        let found: Found | undefined;
        await store.takeTurn(
          inbound('?', { address }),
          (desk) => {
            found = desk.found[0];
            return desk.found.length === 0 ? { needs: [wanted] } : { changes: [], say: [] };
          },
          render,
        );
        return found!;
      }

      test("my cases are those filed here, sealed ones too, newest first, and nobody else's", async () => {
        const first = await file(store, '路灯坏了');
        adapter.clock.now += 1_000;
        const second = await file(store, '民警骂人', { kind: 'complaint', about: 'officer', sealed: true });
        await file(store, '别人的事', {}, { address: 'resident-two' });
        const found = await need({ what: 'myCases', limit: 20 });
        expect(found).toMatchObject({
          cases: [
            { file: { reference: second.file.reference, sealed: true }, guest: false, content: { summary: '民警骂人' } },
            { file: { reference: first.file.reference }, guest: false },
          ],
        });
        expect(await need({ what: 'myCase', reference: first.file.reference.toLowerCase() })).toMatchObject({ case: { guest: false } });
        expect(await need({ what: 'myCase', reference: first.file.reference }, 'resident-two')).toEqual({ what: 'myCase' });
        expect(await need({ what: 'myCase', reference: second.file.reference }, 'resident-two')).toEqual({ what: 'myCase' });
      });

      test('reference and code open a case as a guest, and a linked guest keeps it', async () => {
        const filed = await file(store, '路灯坏了');
        const right = { what: 'lookup', reference: filed.file.reference, code: filed.code } as const;
        expect(await need(right, 'resident-two')).toMatchObject({ limited: false, case: { guest: true, file: { id: filed.file.id } } });
        await store.takeTurn(inbound('记住', { address: 'resident-two' }), deciding([{ do: 'linkGuest', case: filed.file.id }]), render);
        expect(await need({ what: 'myCase', reference: filed.file.reference }, 'resident-two')).toMatchObject({ case: { guest: true } });
        expect(await need({ what: 'myCases', limit: 5 }, 'resident-two')).toMatchObject({ cases: [{ guest: true }] });
      });

      test('five wrong tries in a quarter of an hour close a reference and an address, over a restart', async () => {
        const filed = await file(store, '路灯坏了');
        const { reference } = filed.file;
        const right = { what: 'lookup', reference, code: filed.code } as const;
        for (let wrong = 0; wrong < 5; wrong += 1) {
          expect(await need({ what: 'lookup', reference, code: '00000000', peer: `peer-${wrong}` }, 'resident-two')).toEqual({
            what: 'lookup',
            limited: false,
          });
          await store.takeTurn(
            inbound('错', { address: 'resident-two' }),
            deciding([{ do: 'wrongLookup', reference, peer: `peer-${wrong}` }]),
            render,
          );
        }
        expect(await need({ ...right, peer: 'fresh' }, 'resident-two')).toEqual({ what: 'lookup', limited: true });
        store = await adapter.open();
        expect(await need({ ...right, peer: 'fresh' }, 'resident-two')).toEqual({ what: 'lookup', limited: true });
        adapter.clock.now += 15 * 60_000;
        expect(await need({ ...right, peer: 'fresh' }, 'resident-two')).toMatchObject({ limited: false, case: { guest: true } });
        const other = await file(store, '井盖没了');
        for (let wrong = 0; wrong < 5; wrong += 1) {
          await store.takeTurn(inbound('错'), deciding([{ do: 'wrongLookup', reference: `AAAA000${wrong}`, peer: 'one-peer' }]), render);
        }
        expect(await need({ what: 'lookup', reference: other.file.reference, code: other.code, peer: 'one-peer' })).toEqual({
          what: 'lookup',
          limited: true,
        });
      });

      test('duty is somebody of the station who is at the desk now; under seal, an inspector', async () => {
        const station = store.catalogue().rootStation;
        const duty = (sealed: boolean) => need({ what: 'duty', station, sealed });
        expect(await duty(false)).toEqual({ what: 'duty', present: false });
        const one = await officer(store, 'officer', 'community');
        await store.openSession('token-1', one.id, START + 3_600_000);
        expect(await duty(false)).toEqual({ what: 'duty', present: false });
        await store.markDuty('token-1', true, START + 60_000);
        expect(await duty(false)).toEqual({ what: 'duty', present: true });
        expect(await duty(true)).toEqual({ what: 'duty', present: false });
        const inspector = await officer(store, 'inspector', 'inspection');
        await store.openSession('token-2', inspector.id, START + 3_600_000);
        await store.markDuty('token-2', true, START + 60_000);
        expect(await duty(true)).toEqual({ what: 'duty', present: true });
        adapter.clock.now = START + 60_001;
        expect(await duty(false)).toEqual({ what: 'duty', present: false });
      });

      test('an invitation is found by its id alone, given again its rating is changed, and nobody lists it while it can be', async () => {
        const filed = await file(store, '路灯坏了');
        const { id } = filed.file;
        const lead = await officer(store, 'lead', 'station');
        await store.act(
          {
            actor: { kind: 'officer', officer: lead.id, scope: scopeFor(store, lead) },
            reference: filed.file.reference,
            decide: () => ({
              changes: [
                {
                  do: 'event',
                  case: id,
                  verb: 'closed',
                  actor: { kind: 'officer', officer: lead.id },
                  patch: { status: 'closed', owner: lead.id },
                },
                { do: 'invite', contact: 'contact-1', invitation: 'invitation-1', case: id, source: 'invited', expiresAt: START + 1_000 },
              ],
              say: [],
            }),
          },
          render,
        );
        expect(await need({ what: 'invitation', id: 'invitation-2' })).toEqual({ what: 'invitation' });
        expect(await need({ what: 'invitation', id: 'invitation-1' })).toMatchObject({
          invitation: {
            id: 'invitation-1',
            contact: 'contact-1',
            reference: filed.file.reference,
            expiresAt: START + 1_000,
            followed: false,
            source: 'invited',
          },
        });
        expect(await need({ what: 'myCase', reference: filed.file.reference })).toMatchObject({
          case: { invitation: { id: 'invitation-1' } },
        });
        const rate = (rating: RatingGiven, invitation = 'invitation-1') =>
          store.takeTurn(inbound('2'), deciding([{ do: 'useInvitation', invitation, rating, turns: [] }]), render);
        await expect(rate({ level: 4, reasonsVersion: 1, reasons: [] }, 'invitation-2')).rejects.toMatchObject({ code: 'already-done' });
        await rate({ level: 4, reasonsVersion: 1, reasons: ['fair'], comment: '还行' });
        expect(await need({ what: 'invitation', id: 'invitation-1' })).toMatchObject({
          invitation: { followed: false, given: { level: 4, reasons: ['fair'], comment: '还行' } },
        });
        const unusedOne = (await need({ what: 'myCase', reference: filed.file.reference })) as { case?: MyCase };
        expect([unusedOne.case?.invited, unusedOne.case?.invitation]).toEqual([true, undefined]);
        await rate({ level: 2, reasonsVersion: 1, reasons: ['slow'], comment: '等了很久' });
        expect(await need({ what: 'invitation', id: 'invitation-1' })).toMatchObject({
          invitation: { given: { level: 2, reasons: ['slow'], comment: '等了很久' } },
        });
        const inspector = await officer(store, 'inspector', 'inspection');
        for (const reader of [inspector, lead]) expect((await store.findRatings(scopeFor(store, reader), undefined, 10)).items).toEqual([]);
      });

      test('a reference that is taken already is drawn again', async () => {
        const first = await file(store, '路灯坏了');
        let tries = 0;
        const second = await store.takeTurn(
          inbound('井盖没了'),
          (desk, chance) => {
            tries += 1;
            const { file: fresh } = first;
            const reference = tries === 1 ? fresh.reference : `ZZZZ${codeFrom(chance).slice(0, 4)}`;
            const id = `${chance.now}-${tries}`;
            return {
              changes: [
                {
                  do: 'openCase',
                  file: { ...fresh, id, reference },
                  content: { summary: '', answers: [] },
                  code: 'AAAABBBB',
                  messages: [desk.message.id],
                  formTurns: [],
                  media: [],
                  actor: { kind: 'resident' },
                },
              ],
              say: [],
            };
          },
          render,
        );
        expect(tries).toBe(2);
        expect(second.repeat).toBe(false);
      });
    });
  });
}

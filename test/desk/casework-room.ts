import { fileURLToPath } from 'node:url';
import { type By, createCasework } from '../../src/desk/casework.ts';
import { decidePromise } from '../../src/desk/clock.ts';
import { openingOf, type Wanted } from '../../src/desk/filing.ts';
import { renderWith } from '../../src/desk/words.ts';
import type { DecideTurn } from '../../src/domain/decision.ts';
import type { SendOutcome } from '../../src/domain/message.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { loadWords } from '../../src/i18n.ts';
import { everything, inbound, officer, scopeFor, unitId } from '../contract/store-fixtures.ts';
import { sqliteAdapter } from '../store/adapter.ts';

const words = loadWords(fileURLToPath(new URL('../../locales', import.meta.url)));
const render = renderWith(words);

/** Monday 12 October 2026, 09:00 in Shanghai: the first hour of an ordinary week. */
export const MONDAY = Date.UTC(2026, 9, 12, 1);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Casework and clock over a real store, with a resident who files and officers of every role. */
export async function caseworkRoom() {
  const adapter = await sqliteAdapter();
  adapter.clock.now = MONDAY;
  const store = await adapter.open();
  const casework = createCasework({ store, render, words });
  const people = {
    lin: await officer(store, 'officer', 'community', { username: 'lin' }),
    zhao: await officer(store, 'officer', 'patrol', { username: 'zhao' }),
    lead: await officer(store, 'lead', 'station', { username: 'lead' }),
    inspector: await officer(store, 'inspector', 'inspection', { username: 'inspector' }),
    administrator: await officer(store, 'administrator', 'station', { username: 'administrator' }),
  };
  const by = (who: Officer, more: Partial<By> = {}): By => ({ officer: who, scope: scopeFor(store, who), ...more });

  return {
    ...people,
    store,
    casework,
    by,
    clock: adapter.clock,
    end: () => adapter.dispose(),
    unit: (code: string) => unitId(store.catalogue(), code),

    /** A resident files; gives the reference. */
    async filed(wanted: Partial<Wanted> = {}, address = 'resident-one'): Promise<string> {
      let reference = '';
      const decide: DecideTurn = (desk, chance) => {
        const opening = openingOf(
          {
            kind: 'problem',
            details: '楼下棋牌室半夜还在吵',
            seal: false,
            answers: [],
            locale: 'zh-CN',
            actor: { kind: 'resident' },
            messages: [desk.message.id],
            formTurns: [desk.message.id],
            ...wanted,
          },
          { catalogue: desk.catalogue, chance },
        );
        reference = opening.file.reference;
        return { changes: opening.changes, say: [] };
      };
      await store.takeTurn(inbound('提交', { address }), decide, render);
      return reference;
    },

    /** The case as an all-seeing reader finds it. */
    async shown(reference: string) {
      const view = await store.readCase(everything(store), people.inspector.id, reference);
      if (!view) throw new Error(`no case ${reference}`);
      return view;
    },

    /** What the resident was told, in order. */
    async told(address = 'resident-one') {
      const lines = await store.readThread('web', 'web', address, 0, 100);
      return lines.filter(({ body }) => body.by.kind !== 'resident').map(({ body }) => body);
    },

    /** The outbox hands over all it may, and this becomes of it. */
    async sent(outcome: SendOutcome = { is: 'sent', confirmed: true }) {
      const { outbound: later } = await store.claim(100, adapter.clock.now + HOUR);
      const lines = await outboundThat('pending');
      await store.settle([...new Set([...later.map(({ id }) => id), ...lines])].map((outbound) => ({ outbound, outcome })));
    },

    /** The resident opens the page, and has what waited there. */
    async read() {
      const waiting = await outboundThat('waiting');
      await store.settle(waiting.map((outbound) => ({ outbound, outcome: { is: 'sent', confirmed: true } })));
    },

    /** Time passes, the clock ticks; gives how many promises were dealt with. */
    async after(ms: number): Promise<number> {
      adapter.clock.now += ms;
      return (await store.tick(adapter.clock.now, 100, decidePromise, render)).done;
    },
  };

  async function outboundThat(is: 'pending' | 'waiting') {
    const { items } = await store.findCases(everything(store), people.inspector.id, { sort: 'opened', limit: 100 });
    const views = await Promise.all(items.map(({ file }) => store.readCase(everything(store), people.inspector.id, file.reference)));
    return views
      .flatMap((view) => view?.messages ?? [])
      .flatMap(({ id, direction, delivery }) => (direction === 'out' && delivery?.state === is ? [id] : []));
  }
}
export type CaseworkRoom = Awaited<ReturnType<typeof caseworkRoom>>;

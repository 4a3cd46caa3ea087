import type { ChainState, Store } from '../../store/store.ts';
import { stateInWords } from '../audit.ts';
import type { Terminal } from '../terminal.ts';
import { broken, type Finding, fine, soon } from './finding.ts';

const MINUTE_MS = 60_000;
/** An answer older than the first that has not gone is worth a look; than the second, something is stuck. */
const OUTBOX_SLOW_MS = 5 * MINUTE_MS;
const OUTBOX_STUCK_MS = 60 * MINUTE_MS;

/** The database from inside: who could answer, what waits, whether the record is guarded. */
export async function lookAtDesk(store: Store, terminal: Terminal): Promise<Finding[]> {
  const health = await store.health();
  return [
    health.writable ? fine('database') : broken('databaseReadOnly'),
    ...(await people(store, health.sealedWaitingUnread)),
    outbox(health.outboxAge),
    health.deadLetters === 0 ? fine('noDeadLetters') : soon('deadLetters', { count: health.deadLetters }),
    ...(await record(store, terminal)),
  ];
}

async function people(store: Store, sealedWaiting: number): Promise<Finding[]> {
  const working = (await store.officers()).filter(({ disabledAt }) => disabledAt === undefined);
  const catalogue = store.catalogue();
  const inspector = catalogue.inspectorExists
    ? fine('inspector')
    : sealedWaiting > 0
      ? broken('sealedUnread', { count: sealedWaiting })
      : soon('noInspector');
  return [
    working.some(({ role }) => role === 'officer' || role === 'lead') ? fine('officers', { count: working.length }) : soon('noOfficers'),
    inspector,
    catalogue.settings.stationName === '' ? soon('noName') : fine('name', { name: catalogue.settings.stationName }),
  ];
}

function outbox(age: number): Finding {
  const minutes = Math.floor(age / MINUTE_MS);
  if (age > OUTBOX_STUCK_MS) return broken('outboxStuck', { minutes });
  return age > OUTBOX_SLOW_MS ? soon('outboxSlow', { minutes }) : fine('outbox');
}

async function record(store: Store, terminal: Terminal): Promise<Finding[]> {
  const chains = await store.verifyAudit();
  const wrong = chains.filter(({ state }) => state.is !== 'whole');
  if (wrong.length === 0)
    return [fine('record', { chains: chains.length, entries: chains.reduce((sum, { state }) => sum + entriesOf(state), 0) })];
  const states = [...new Set(wrong.map(({ state }) => stateInWords(state, terminal)))];
  return states.map((state) => broken('recordNotWhole', { state }));
}

const entriesOf = (state: ChainState): number => (state.is === 'whole' ? state.entries : 0);

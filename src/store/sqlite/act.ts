import type { Act, Acted, Render } from '../store.ts';
import { apply } from './apply.ts';
import { caseDesk, emptyDesk } from './case-desk.ts';
import { eventsOf } from './case-events.ts';
import type { CaseRow } from './case-row.ts';
import { keepOnce, type Made, madeOnce } from './once.ts';
import type { Parts } from './parts.ts';
import { say } from './say.ts';
import type { Scene } from './scene.ts';
import { anywhere, nowhere, withinScope } from './within.ts';

type Refusal = Extract<Acted, { done: false }>;

/** An act on a case, within a write. Missing and hidden are one query and one answer; then the key, the version, the rules. */
export function act(parts: Parts, { actor, reference, seen, once, names = [], decide }: Act, render: Render): Acted {
  const chance = parts.chance();
  const account = actor.kind === 'officer' ? actor.officer : actor.kind;
  const row = reference === undefined ? undefined : parts.caseRows.within(reference, reachOf(actor));
  if (reference !== undefined && !row) return { done: false, refuse: 'not-found' };
  const before = once && madeOnce(parts, account, once);
  if (before) return before === 'key-reused' ? { done: false, refuse: before } : repeated(before);
  const stale = row && seen !== undefined && seen !== row.version ? staleFor(parts, row, seen) : undefined;
  if (stale) return stale;

  const scene: Scene = { chance, actor: account, changed: false, filedSealed: [], answered: new Set(), ...(row && { about: row.id }) };
  const decision = decide(row ? caseDesk(parts, row, names) : emptyDesk(parts, names), chance);
  if ('needs' in decision) throw new Error('an-act-needs-nothing-more');
  if ('refuse' in decision) return { done: false, refuse: decision.refuse, ...(decision.detail && { detail: decision.detail }) };
  apply(parts, scene, decision.changes);
  const outbound = say(parts, scene, decision.say, render);
  const after = parts.caseRows.orThrow(row?.id ?? scene.touchedCase ?? '');
  if (once) keepOnce(parts, account, once, { reference: after.reference, version: after.version, made: scene.made ?? null });
  return {
    done: true,
    repeat: false,
    reference: after.reference,
    version: after.version,
    ...(scene.made !== undefined && { made: scene.made }),
    outbound,
  };
}

/** Residents act by turns, never here. */
function reachOf(actor: Act['actor']) {
  if (actor.kind === 'officer') return withinScope(actor.scope);
  return actor.kind === 'clock' ? anywhere : nowhere;
}

const staleFor = (parts: Parts, row: CaseRow, seen: number): Refusal => ({
  done: false,
  refuse: 'stale',
  detail: { version: row.version },
  changed: eventsOf(parts, row.id, seen),
});

const repeated = ({ reference, version, made }: Made): Acted => ({
  done: true,
  repeat: true,
  reference,
  version,
  ...(made !== null && { made }),
  outbound: [],
});

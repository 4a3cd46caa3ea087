import type { CaseFile, CaseStatus } from '../../domain/case.ts';
import type { Chance } from '../../domain/chance.ts';
import type { CaseDesk, CasePatch, Change, Decision, PromiseKind } from '../../domain/decision.ts';
import type { CaseActName } from '../../domain/moves.ts';
import { judge, type Move } from '../../domain/moves.ts';
import type { Officer } from '../../domain/officer.ts';
import { mayDo, standingsOf } from '../../domain/policy.ts';

/** An officer's act under way: on what, by whom, and what the table of moves says of it. */
export interface Acting {
  desk: CaseDesk;
  file: CaseFile;
  officer: Officer;
  chance: Chance;
  move: Move;
  to: CaseStatus;
}

/** Asks the one table whether this officer may do this now, and goes on with `then`; else refuses, naming who could. */
export function acting(
  { desk, officer, chance }: { desk: CaseDesk; officer: Officer; chance: Chance },
  act: CaseActName,
  then: (acting: Acting) => Decision,
  as?: string,
): Decision {
  const { file, catalogue } = desk;
  if (!file) return { refuse: 'not-found' };
  const verdict = judge(file, { act, by: standingsOf(officer, file, catalogue), now: chance.now, ...(as !== undefined && { as }) });
  if ('move' in verdict) return then({ desk, file, officer, chance, ...verdict });
  const may = mayDo(act, officer, file, catalogue, chance.now, as);
  if (may.may || may.why === 'not-allowed-now') return { refuse: 'not-allowed-now' };
  return { refuse: 'not-your-step', detail: { who: may.who } };
}

/** The event of the move by its officer. */
export const happened = (
  { file, officer, move, to }: Acting,
  patch: CasePatch = {},
  more: Partial<Pick<Extract<Change, { do: 'event' }>, 'reason' | 'data' | 'quiet'>> = {},
): Change => ({
  do: 'event',
  case: file.id,
  verb: move.verb,
  actor: { kind: 'officer', officer: officer.id },
  patch: { ...(to !== file.status && { status: to }), ...patch },
  ...more,
});

/** Promises kept, or owed no longer. */
export const kept = ({ file }: Acting, ...kinds: readonly PromiseKind[]): Change[] =>
  kinds.map((kind) => ({ do: 'keep', case: file.id, kind }));

/** What is owed next once these are kept: the earliest of what still stands. */
export function dueWithout({ desk }: Acting, ...kinds: readonly PromiseKind[]): Pick<CasePatch, 'dueAt' | 'dueWhy'> {
  const [next] = desk.promises
    .filter(({ kind, keptAt }) => keptAt === undefined && SHOWN_AS_DUE.includes(kind) && !kinds.includes(kind))
    .sort((one, other) => one.dueAt - other.dueAt);
  return { dueAt: next?.dueAt, dueWhy: next?.why };
}

/** A call or another way was owed, and has been tried now. */
export const triedAnotherWay = ({ desk }: Acting): boolean =>
  desk.promises.some(({ kind, keptAt }) => keptAt === undefined && (kind === 'call' || kind === 'reach-another-way'));

/** Promises to the resident that a queue counts by; the others are the desk's own alarm clocks. */
const SHOWN_AS_DUE: readonly PromiseKind[] = ['first-answer', 'finish', 'planned', 'call', 'reach-another-way'];

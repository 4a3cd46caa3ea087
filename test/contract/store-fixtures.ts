import type { CaseFile, EventActor } from '../../src/domain/case.ts';
import { type Catalogue, unitByCode } from '../../src/domain/catalogue.ts';
import { type Chance, codeFrom, type Id, idFrom, lettersFrom, referenceFrom } from '../../src/domain/chance.ts';
import type { Change, DecideTurn, Decision } from '../../src/domain/decision.ts';
import type { Inbound, Input, Saying } from '../../src/domain/message.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { scopeOf } from '../../src/domain/policy.ts';
import type { CaseScope } from '../../src/domain/scope.ts';
import { tapToText } from '../../src/domain/tap.ts';
import type { Act, Acted, Render, Store } from '../../src/store/store.ts';

/** A clock that stands still until it is moved. */
export interface Clock {
  now: number;
}

/** An adapter under test: one database, opened again at will. */
export interface Adapter {
  /** Opens it, or opens it again: what was acknowledged is there. `anotherKey`: as another desk would make it. */
  open(options?: { serve?: boolean; anotherKey?: boolean }): Promise<Store>;
  clock: Clock;
  /** Leaves no room for another page, and gives it back. */
  fill(): void;
  free(): void;
  /** Closes and deletes everything. */
  dispose(): Promise<void>;
}
export type MakeAdapter = () => Promise<Adapter>;

export const START = Date.UTC(2026, 6, 1, 2, 0);

/** The key and the locale as words, so that a test sees what was said to whom. */
export const render: Render = (saying, locale) => ({
  text: saying.by ? saying.by.text : `${saying.key}/${locale}${saying.secret === undefined ? '' : '/••••'}`,
  by: saying.by ? { kind: 'officer', signature: saying.by.signature } : { kind: 'bot' },
  ...(saying.buttons && {
    buttons: saying.buttons.map((row) =>
      row.map(({ label, tap }) => ({ label: 'words' in label ? label.words : label.key, tap: tapToText(tap) })),
    ),
  }),
});

let updates = 0;

export function inbound(input: Input | string, over: Partial<Inbound> = {}): Inbound {
  updates += 1;
  return {
    channel: 'web',
    bot: 'web',
    updateId: `update-${updates}`,
    address: 'resident-one',
    locale: 'zh-CN',
    input: typeof input === 'string' ? { type: 'text', text: input } : input,
    ...over,
  };
}

export const nothing: DecideTurn = () => ({ changes: [], say: [] });
export const saying =
  (...say: Saying[]): DecideTurn =>
  () => ({ changes: [], say });
export const deciding =
  (changes: readonly Change[], say: readonly Saying[] = []): DecideTurn =>
  () => ({ changes, say });

export const unitId = (catalogue: Catalogue, code: string): Id => unitByCode(catalogue, code)!.id;

export const RESIDENT: EventActor = { kind: 'resident' };

/** A case as the desk would open it, with what a test says otherwise. */
export function openingChange(
  catalogue: Catalogue,
  chance: Chance,
  over: Partial<CaseFile> = {},
  rest: Partial<Extract<Change, { do: 'openCase' }>> = {},
): Extract<Change, { do: 'openCase' }> {
  const station = catalogue.rootStation;
  return {
    do: 'openCase',
    file: {
      id: idFrom(chance, 'case'),
      reference: referenceFrom(chance),
      version: 1,
      kind: 'problem',
      status: 'opened',
      sealed: false,
      unit: station,
      station,
      subjects: { officers: [], units: [] },
      alias: lettersFrom(chance, 'alias', 4),
      locale: 'zh-CN',
      openedAt: chance.now,
      reopened: 0,
      handedBack: 0,
      domesticViolence: false,
      ...over,
    },
    content: { summary: '楼下太吵', answers: [] },
    code: codeFrom(chance),
    messages: [],
    formTurns: [],
    media: [],
    actor: RESIDENT,
    ...rest,
  };
}

export interface Filed {
  file: CaseFile;
  code: string;
  conversation: Id;
  message: Id;
}

/** Files a case in one turn by what the resident says in it. */
export async function file(
  store: Store,
  text: string,
  over: Partial<CaseFile> = {},
  rest: Partial<Extract<Change, { do: 'openCase' }>> & { address?: string; say?: readonly Saying[] } = {},
): Promise<Filed> {
  const { address = 'resident-one', say = [], ...change } = rest;
  let made: Omit<Filed, 'conversation'> | undefined;
  const decide: DecideTurn = (desk, chance) => {
    const message = desk.message.id;
    const opening = openingChange(desk.catalogue, chance, over, {
      messages: [message],
      formTurns: [message],
      content: { summary: text.slice(0, 20), answers: [] },
      ...change,
    });
    made = { file: opening.file, code: opening.code, message };
    return { changes: [opening], say: say.map((one) => (one.case === 'this' ? { ...one, case: opening.file.id } : one)) };
  };
  const { conversation } = await store.takeTurn(inbound(text, { address }), decide, render);
  return { ...made!, conversation };
}

let usernames = 0;

export async function officer(store: Store, role: Officer['role'], unit: string, over: { username?: string } = {}): Promise<Officer> {
  usernames += 1;
  return store.saveOfficer('command-line', {
    username: over.username ?? `${role}-${usernames}`,
    role,
    unit: unitId(store.catalogue(), unit),
    publicName: `警号${usernames}`,
    passwordHash: `hash-${usernames}`,
  });
}

export const scopeFor = (store: Store, account: Officer): CaseScope => scopeOf(account, store.catalogue());

/** Everything in every station, sealed too, for looking at what is there. */
export const everything = (store: Store): CaseScope => ({
  stations: store
    .catalogue()
    .units.filter(({ kind }) => kind === 'station')
    .map(({ id }) => id),
  sealed: 'all',
  notTeams: [],
  unknownTeam: 'shown',
  notNamingOfficer: 'nobody',
  notNamingUnits: [],
});

/** An officer acts on a case. */
export async function acting(
  store: Store,
  by: Officer,
  reference: string | undefined,
  decision: (file: CaseFile | undefined, chance: Chance) => Decision,
  over: Partial<Omit<Act, 'actor' | 'reference' | 'decide'>> = {},
): Promise<Acted> {
  return store.act(
    {
      actor: { kind: 'officer', officer: by.id, scope: scopeFor(store, by) },
      ...(reference !== undefined && { reference }),
      ...over,
      decide: (desk, chance) => decision(desk.file, chance),
    },
    render,
  );
}

export const replying =
  (by: Officer, text: string) =>
  (caseFile: CaseFile | undefined): Decision => ({
    changes: [{ do: 'event', case: caseFile!.id, verb: 'replied', actor: { kind: 'officer', officer: by.id } }],
    say: [{ key: 'casework:reply', case: caseFile!.id, by: { officer: by.id, signature: by.publicName, text } }],
  });

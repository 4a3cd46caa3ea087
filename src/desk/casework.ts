import type { Confirmation, Finding, Outcome, Sparing } from '../domain/case.ts';
import type { Decision } from '../domain/decision.ts';
import type { Encounter } from '../domain/encounter.ts';
import type { CaseActName } from '../domain/moves.ts';
import type { Officer } from '../domain/officer.ts';
import type { CaseScope } from '../domain/scope.ts';
import type { Words } from '../i18n.ts';
import type { Act, Acted, Render, Store } from '../store/store.ts';
import { type Acting, acting } from './casework/acting.ts';
import { answer, note, plan, reply, spare, verify } from './casework/answering.ts';
import { close, reopen, withdraw } from './casework/ending.ts';
import { meet } from './casework/meeting.ts';
import { open, type TakenDown } from './casework/opening.ts';
import { accept, assign, handBack, refuse, take } from './casework/owning.ts';
import { passToInspection } from './casework/sealing.ts';

/** Who acts, in what scope, on which version they saw, and the key that makes a repeat harmless. */
export interface By {
  officer: Officer;
  scope: CaseScope;
  seen?: number;
  once?: NonNullable<Act['once']>;
}

/** The officers' acts on cases: each asks the one table of moves, changes state, event, record and outbox together, or refuses. */
export interface Casework {
  /** The query code comes with the first answer and never again: a repeat has none. */
  open(by: By, taken: TakenDown): Promise<Acted & { code?: string }>;
  accept(by: By, reference: string): Promise<Acted>;
  refuse(by: By, reference: string, reason: string, instead?: string): Promise<Acted>;
  assign(by: By, reference: string, username: string | null, reason?: string): Promise<Acted>;
  take(by: By, reference: string): Promise<Acted>;
  handBack(by: By, reference: string, reason: string): Promise<Acted>;
  reply(by: By, reference: string, text: string): Promise<Acted>;
  note(by: By, reference: string, text: string): Promise<Acted>;
  meet(by: By, reference: string, how: Encounter): Promise<Acted>;
  spare(by: By, reference: string, why: Sparing): Promise<Acted>;
  verify(by: By, reference: string, finding: Finding, text: string): Promise<Acted>;
  plan(by: By, reference: string, until: string, text: string): Promise<Acted>;
  answer(by: By, reference: string, outcome: Outcome, text: string): Promise<Acted>;
  reopen(by: By, reference: string, reason: string): Promise<Acted>;
  close(by: By, reference: string, confirmation: Confirmation, reason: string): Promise<Acted>;
  withdraw(by: By, reference: string, words: string): Promise<Acted>;
  passToInspection(by: By, reference: string, reason: string): Promise<Acted>;
}

export function createCasework({
  store,
  render,
  words,
}: {
  store: Pick<Store, 'act' | 'catalogue'>;
  render: Render;
  words: Words;
}): Casework {
  const act = (
    { officer, scope, seen, once }: By,
    reference: string,
    name: CaseActName,
    then: (acting: Acting) => Decision,
    { as, names }: { as?: string; names?: readonly string[] } = {},
  ): Promise<Acted> =>
    store.act(
      {
        actor: { kind: 'officer', officer: officer.id, scope },
        reference,
        ...(seen !== undefined && { seen }),
        ...(once && { once }),
        ...(names && { names }),
        decide: (desk, chance) => acting({ desk, officer, chance }, name, then, as),
      },
      render,
    );

  return {
    async open(by, taken) {
      let code: string | undefined;
      const [locale = ''] = words.locales;
      const opening = open(taken, words, locale, (given) => {
        code = given;
      });
      const { officer, scope, once } = by;
      const acted = await store.act(
        {
          actor: { kind: 'officer', officer: officer.id, scope },
          ...(once && { once }),
          decide: (desk, chance) => opening({ desk, officer, chance }),
        },
        render,
      );
      return acted.done && !acted.repeat && code !== undefined ? { ...acted, code } : acted;
    },
    accept: (by, reference) => act(by, reference, 'accept', accept),
    refuse: (by, reference, reason, instead) => act(by, reference, 'refuse', refuse(reason, instead)),
    assign: (by, reference, username, reason) =>
      act(by, reference, 'assign', assign(username, reason), { names: username === null ? [] : [username] }),
    take: (by, reference) => act(by, reference, 'take', take),
    handBack: (by, reference, reason) => act(by, reference, 'hand-back', handBack(reason)),
    reply: (by, reference, text) => act(by, reference, 'reply', reply(text, words)),
    note: (by, reference, text) => act(by, reference, 'note', note(text)),
    meet: (by, reference, how) => act(by, reference, 'meet', meet(how)),
    spare: (by, reference, why) => act(by, reference, 'spare', spare(why)),
    verify: (by, reference, finding, text) => act(by, reference, 'verify', verify(finding, text)),
    plan: (by, reference, until, text) => act(by, reference, 'plan', plan(until, text, words)),
    answer: (by, reference, outcome, text) => act(by, reference, 'answer', answer(outcome, text, words), { as: outcome }),
    reopen: (by, reference, reason) => act(by, reference, 'reopen', reopen(reason)),
    close: (by, reference, confirmation, reason) => act(by, reference, 'close', close(confirmation, reason), { as: confirmation }),
    withdraw: (by, reference, said) => act(by, reference, 'withdraw', withdraw(said)),
    passToInspection: (by, reference, reason) => act(by, reference, 'pass-to-inspection', passToInspection(reason)),
  };
}

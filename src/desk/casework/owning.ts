import { shownLetters } from '../../domain/chance.ts';
import type { CasePatch, Decision } from '../../domain/decision.ts';
import type { Officer } from '../../domain/officer.ts';
import { standingsOf } from '../../domain/policy.ts';
import { type Acting, dueWithout, happened, kept } from './acting.ts';

/** From acceptance on a case has one owner: whoever accepted, where nobody owned it. */
export const accept = (act: Acting): Decision => ({
  changes: [happened(act, { owner: act.file.owner ?? act.officer.id })],
  say: [{ key: 'casework:accepted', values: { reference: shownLetters(act.file.reference) }, case: act.file.id }],
});

/** Not ours: the reason and where instead, told to the resident. */
export const refuse =
  (reason: string, instead: string | undefined) =>
  (act: Acting): Decision => {
    if (reason.trim() === '') return { refuse: 'invalid' };
    const values = { reference: shownLetters(act.file.reference), reason, instead: instead ?? '' };
    return {
      changes: [
        happened(act, { dueAt: undefined, dueWhy: undefined }, { reason, ...(instead !== undefined && { data: { instead: true } }) }),
        ...kept(act, 'first-answer', 'finish', 'hear-from-us'),
      ],
      say: [{ key: instead === undefined ? 'casework:refused' : 'casework:refused-instead', values, case: act.file.id }],
    };
  };

export const take = (act: Acting): Decision => {
  if (act.file.owner === act.officer.id) return { refuse: 'already-done' };
  return { changes: [happened(act, { owner: act.officer.id }, { data: { to: act.officer.id } })], say: [] };
};

/** Hands it to somebody who can see it and work on it, or to nobody. */
export const assign =
  (username: string | null, reason: string | undefined) =>
  (act: Acting): Decision => {
    const to = act.desk.officers.find((officer) => officer.username === username);
    if (username !== null && !(to && canWorkOn(to, act))) return { refuse: 'invalid', detail: { pointer: '/username' } };
    if (act.file.owner === to?.id) return { refuse: 'already-done' };
    const patch: CasePatch = { owner: to?.id, ...(username === null && { status: act.file.status }) };
    return {
      changes: [happened(act, patch, { ...(reason !== undefined && { reason }), ...(to && { data: { to: to.id } }) })],
      say: [],
    };
  };

const canWorkOn = (officer: Officer, { desk, file }: Acting): boolean =>
  standingsOf(officer, { ...file, owner: officer.id }, desk.catalogue).includes('owner');

/** Once, and with a reason; the second time a lead decides. */
export const handBack =
  (reason: string) =>
  (act: Acting): Decision =>
    reason.trim() === ''
      ? { refuse: 'invalid' }
      : {
          changes: [happened(act, { owner: undefined, handedBack: act.file.handedBack + 1, ...dueWithout(act) }, { reason })],
          say: [],
        };

import { type CaseFile, openStatuses } from '../../domain/case.ts';
import type { Intake } from '../../domain/conversation.ts';
import type { MyCase } from '../../domain/decision.ts';
import { judge, type MoveName } from '../../domain/moves.ts';
import { found, type Talk } from './talk.ts';

/** Still somebody's to do. */
export const isOpen = ({ status }: Pick<CaseFile, 'status'>): boolean => openStatuses.some((open) => open === status);

/** What reference and code alone don't allow: those need the conversation that filed. */
const notForGuests: readonly MoveName[] = ['withdraw', 'say-solved', 'say-unsure'];

/** Whether the resident may do this to a case now, by the one table of moves. */
export const mayDo = ({ chance }: Talk, mine: MyCase, act: MoveName): boolean =>
  !(mine.guest && notForGuests.includes(act)) && 'move' in judge(mine.file, { act, by: ['resident'], now: chance.now });

/** One of the resident's cases. Undefined where it is none of theirs, and on the first round, which asks for it. */
export const myCase = (talk: Talk, reference: string): MyCase | undefined => found(talk, { what: 'myCase', reference })?.case;

/** Flows begun about a case. */
const casesForms = new Set(['message', 'unsolved', 'withdraw']);

/** The reference of the case a form is about. Begun about a complaint, its subject says so behind the reference. */
export const caseOfForm = (intake: Intake | undefined): string | undefined =>
  intake && casesForms.has(intake.flow) ? intake.subject?.split('/')[0] : undefined;

/** The case of theirs in which the message lies that this one answers, joins or gives other words to. Undefined on the first round, which asks for it. */
export function caseSpokenOf(talk: Talk): MyCase | undefined {
  const { input, quotes } = talk.inbound;
  const joined = talk.desk.message.inCase ? talk.inbound.knownAs : undefined;
  const knownAs = input.type === 'edited' ? input.messageId : (joined ?? quotes);
  return knownAs === undefined ? undefined : found(talk, { what: 'quoted', knownAs })?.case;
}

/** The case that words meant as an answer go to: not one whose own form is open and takes them. */
export function quotedCase(talk: Talk): MyCase | undefined {
  if (talk.inbound.input.type === 'edited') return undefined;
  const mine = caseSpokenOf(talk);
  return mine && mine.file.reference !== caseOfForm(talk.memory.intake) ? mine : undefined;
}

/** The newest first, at most as many as stand on a screen of a phone. */
export const myCases = (talk: Talk): readonly MyCase[] => found(talk, { what: 'myCases', limit: 20 })?.cases ?? [];

import { type CaseFile, openStatuses } from '../../domain/case.ts';
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

/** The newest first, at most as many as stand on a screen of a phone. */
export const myCases = (talk: Talk): readonly MyCase[] => found(talk, { what: 'myCases', limit: 20 })?.cases ?? [];

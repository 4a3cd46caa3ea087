import { calendarOf } from '../../domain/calendar.ts';
import { openStatuses } from '../../domain/case.ts';
import type { Decision } from '../../domain/decision.ts';
import { dueAt } from '../../domain/due.ts';
import { nothingToDo, type Owed } from './owed.ts';

const isOpen = ({ file }: Owed): boolean => openStatuses.some((status) => status === file.status);

/** A breach is the promise itself, kept late or never: nothing erases it, and the queue shows it as overdue. */
export const noteLate = (_owed: Owed): Decision => nothingToDo;

/** Four weeks without a person's words: from now on the case is due, whatever else was promised. */
export function hearFromUs(owed: Owed): Decision {
  const { file, desk, chance } = owed;
  if (!isOpen(owed)) return nothingToDo;
  const { at, why } = dueAt(chance.now, 'P1D', calendarOf(desk.catalogue.settings), 'hear-from-us');
  if (file.dueAt !== undefined && file.dueAt <= at) return nothingToDo;
  return {
    changes: [
      { do: 'event', case: file.id, verb: 'due-changed', actor: { kind: 'clock' }, patch: { dueAt: at, dueWhy: why }, quiet: true },
    ],
    say: [],
  };
}

/** Two working days and nobody has come to the page to read: the owner is told. */
export function tellUnread(owed: Owed): Decision {
  const { file, desk } = owed;
  if (!isOpen(owed) || desk.lastAnswer?.state !== 'waiting') return nothingToDo;
  return {
    changes: [{ do: 'event', case: file.id, verb: 'undelivered', actor: { kind: 'clock' }, data: { unread: true }, quiet: true }],
    say: [],
  };
}

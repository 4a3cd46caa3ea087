import { shownLetters } from '../../domain/chance.ts';
import type { MyCase } from '../../domain/decision.ts';
import { bodyAbove, briefly } from './home.ts';
import { inWordsOf } from './hours.ts';
import { mayDo } from './own.ts';
import type { Talk } from './talk.ts';
import { day } from './when.ts';

/** PRODUCT's status list in words: which line of `mine:progress`, and what stands in it. */
export function progressOf(talk: Talk, mine: MyCase): { key: string; values: Record<string, string> } {
  const { file, content, ownerSigned } = mine;
  const common = { reference: shownLetters(file.reference), what: briefly(content.summary) };
  const line = (name: string, values: Record<string, string> = {}) => ({ key: `mine:progress.${name}`, values: { ...common, ...values } });
  const date = file.dueAt === undefined ? undefined : inWordsOf(talk, file.dueAt);
  const late = file.dueAt !== undefined && file.dueAt < talk.chance.now;

  switch (file.status) {
    case 'opened':
      if (file.sealed && !talk.desk.catalogue.inspectorExists) return line('opened-unread', { body: bodyAbove(talk) });
      return line(late ? 'opened-late' : 'opened', { date: date ?? '' });
    case 'in-progress':
      if (ownerSigned === undefined) return line('in-progress-unowned');
      if (date === undefined) return line('in-progress-open', { who: ownerSigned });
      return line(late ? 'in-progress-late' : 'in-progress', { who: ownerSigned, date });
    case 'closed': {
      const closed = day(file.closedAt ?? talk.chance.now, talk.locale, talk.desk.catalogue.settings.zone);
      return line(mayDo(talk, mine, 'say-unsolved') ? 'closed-can-return' : 'closed', { date: closed });
    }
    default:
      return line(file.status);
  }
}

import { shownLetters } from '../../domain/chance.ts';
import type { MyCase, PromiseRow } from '../../domain/decision.ts';
import { signed } from '../casework/signature.ts';
import { bodyAbove } from './home.ts';
import { inWordsOf } from './hours.ts';
import { mayDo } from './own.ts';
import type { Talk } from './talk.ts';
import { day } from './when.ts';

/** PRODUCT's status list in words: which line of `mine:progress`, and what stands in it. */
export function progressOf(talk: Talk, mine: MyCase): { key: string; values: Record<string, string> } {
  const { file, content } = mine;
  const who = ownerSigned(talk, mine);
  const common = { reference: shownLetters(file.reference), what: content.summary };
  const line = (name: string, values: Record<string, string> = {}) => ({ key: `mine:progress.${name}`, values: { ...common, ...values } });
  const owed = owedNext(mine);
  const date = owed === undefined ? '' : inWordsOf(talk, owed.dueAt);
  const late = owed !== undefined && owed.dueAt < talk.chance.now ? '-late' : '';

  switch (file.status) {
    case 'opened':
      if (file.sealed && !talk.desk.catalogue.inspectorExists) return line('opened-unread', { body: bodyAbove(talk) });
      return owed ? line(`opened${late}`, { date }) : line('in-progress-unowned');
    case 'in-progress':
      if (who === undefined) return line('in-progress-unowned');
      if (owed === undefined) return line('in-progress-open', { who });
      return line(`${progressBy[owed.kind] ?? 'in-progress-first'}${late}`, { who, date });
    case 'closed': {
      const closed = day(file.closedAt ?? talk.chance.now, talk.locale, talk.desk.catalogue.settings.zone);
      return line(mayDo(talk, mine, 'say-unsolved') ? 'closed-can-return' : 'closed', { date: closed });
    }
    default:
      return line(file.status);
  }
}

/** Who is at it, signed as their words are. */
export const ownerSigned = ({ context, desk, locale }: Talk, { owner }: MyCase): string | undefined =>
  owner && signed(owner, desk.catalogue, context.words, locale);

const progressBy: { [Kind in PromiseRow['kind']]?: string } = { finish: 'in-progress', planned: 'in-progress-planned' };

/** What the resident was promised next: a first answer, then what was planned with them, then the result. */
const owedNext = ({ openPromises }: MyCase): PromiseRow | undefined =>
  (['first-answer', 'planned', 'finish'] as const)
    .map((next) => openPromises.find(({ kind }) => kind === next))
    .find((row) => row !== undefined);

import { DateTime } from 'luxon';
import type { z } from 'zod';
import { openStatuses } from '../../domain/case.ts';
import { unitByCode } from '../../domain/catalogue.ts';
import type { Officer } from '../../domain/officer.ts';
import type { CaseQuery } from '../../store/store.ts';
import type { caseQuery } from '../views/case.ts';
import type { Reader } from './reader.ts';

/** No account and no unit has it: a name nobody knows finds nothing, as it should. */
const NOBODY = '-';

/** The store's question from the address's: names and codes become ids, `me`, `open` and `today` what they mean now. */
export function queryFor(asked: z.infer<typeof caseQuery>, { by, reader, now }: { by: Officer; reader: Reader; now: number }): CaseQuery {
  const { kind, topic, area, q } = asked;
  const endOfToday = () => DateTime.fromMillis(now, { zone: reader.catalogue.settings.zone }).plus({ days: 1 }).startOf('day').toMillis();
  return {
    ...(asked.status !== undefined && { status: asked.status.split(',').flatMap(statusesOf) }),
    ...(kind !== undefined && { kind }),
    ...(topic !== undefined && { topic }),
    ...(asked.unit !== undefined && { unit: unitByCode(reader.catalogue, asked.unit)?.id ?? NOBODY }),
    ...(area !== undefined && { area }),
    ...(asked.assignee !== undefined && { owner: ownerOf(asked.assignee, by, reader) }),
    ...(asked.due !== undefined && { dueBefore: asked.due === 'overdue' ? now : endOfToday() }),
    ...(q !== undefined && q.trim() !== '' && { words: q }),
    sort: asked.sort,
    ...(asked.cursor !== undefined && { after: asked.cursor }),
    limit: asked.limit,
  };
}

const statusesOf = (status: string): readonly string[] => (status.trim() === 'open' ? openStatuses : [status.trim()]);

function ownerOf(assignee: string, by: Officer, reader: Reader): string | null {
  if (assignee === 'none') return null;
  if (assignee === 'me') return by.id;
  return reader.named(assignee)?.id ?? NOBODY;
}

import { useEffect, useState } from 'react';
import type { CaseView } from '../../http/views/case.ts';
import type { Problem } from '../../http/views/problem.ts';
import type { Change } from './changed-since.tsx';

/** They change nothing a writer would have to know. */
const quiet: readonly string[] = ['noted', 'reminded', 'linked'];

const lastSeq = (file: CaseView): number => file.events.at(-1)?.seq ?? 0;

/**
 * What others did to the case since the draft on the screen was begun: seen live, or told by the server on refusing.
 * An empty draft has no news.
 */
export function useNews(file: CaseView, writing: boolean, me: string, refused: Problem | undefined): readonly Change[] {
  const [since, setSince] = useState<number>();
  useEffect(() => {
    if (!writing) setSince(undefined);
    else setSince((before) => before ?? lastSeq(file));
  }, [writing, file]);
  if (!writing || since === undefined) return [];
  const live = file.events.filter(({ seq, verb, by }) => seq > since && by !== me && !quiet.includes(verb));
  const told = (refused?.changed ?? []) as readonly Change[];
  return live.length > 0 ? live : told;
}

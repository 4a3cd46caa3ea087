import { Button } from 'antd';
import { useMemo } from 'react';
import type { CaseLineView } from '../../http/views/case.ts';
import { useQueue } from '../api/cases.ts';
import { FailedNote, FailedPage, Loading } from '../frame/states.tsx';
import { useTitle } from '../frame/title.ts';
import { useWide } from '../frame/wide.ts';
import { useNow } from '../words/now.ts';
import { useWords } from '../words/words.ts';
import { toServer, useAsked } from './asked.ts';
import { Filters } from './filters.tsx';
import { useKeptPlace } from './kept-place.ts';
import { NothingFound } from './nothing-found.tsx';
import { QueueCards } from './queue-cards.tsx';
import { QueueTable } from './queue-table.tsx';
import { Views } from './views.tsx';

/** A case that moved between two pages while they were read counts once. */
const eachOnce = (lines: readonly CaseLineView[]): CaseLineView[] => [...new Map(lines.map((line) => [line.reference, line])).values()];

/** What is to do, the most urgent first. */
export function Queue() {
  const { say } = useWords();
  const { asked, change } = useAsked();
  useTitle(say('queue.title'));
  const search = toServer(asked);
  const queue = useQueue(search);
  const wide = useWide(900);
  const now = useNow();
  const lines = useMemo(() => eachOnce(queue.data?.pages.flatMap(({ items }) => items) ?? []), [queue.data]);
  useKeptPlace(search, lines.length > 0);
  const first = queue.data?.pages[0];
  const List = wide ? QueueTable : QueueCards;
  return (
    <section className="queue" aria-busy={queue.isFetching}>
      <div className="queue-head">
        <h1>{say('queue.title')}</h1>
        <p className="quiet" role="status">
          {first && say(first.totalIsFloor ? 'queue.countFloor' : 'queue.count', { count: first.total })}
        </p>
      </div>
      <Views asked={asked} />
      <Filters asked={asked} change={change} wide={wide} />
      {queue.isError && lines.length > 0 && <FailedNote error={queue.error} again={() => void queue.refetch()} />}
      {queue.isPending && <Loading rows={8} />}
      {queue.isError && !queue.data && <FailedPage error={queue.error} again={() => void queue.refetch()} />}
      {queue.data && lines.length === 0 && <NothingFound asked={asked} />}
      {lines.length > 0 && <List lines={lines} now={now} />}
      {queue.hasNextPage && (
        <p className="more">
          <Button size="large" loading={queue.isFetchingNextPage} onClick={() => void queue.fetchNextPage()}>
            {say('queue.more')}
          </Button>
        </p>
      )}
    </section>
  );
}

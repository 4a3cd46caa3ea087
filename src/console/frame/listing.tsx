import { Button, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useList } from '../api/pages.ts';
import { useWords } from '../words/words.ts';
import { FailedPage, Loading, Nothing } from './states.tsx';
import { useTitle } from './title.ts';
import { useWide } from './wide.ts';

interface ListingShape<Item> {
  title: string;
  help: string;
  /** The list's place in the API. */
  name: string;
  columns: TableColumnsType<Item & { place: number }>;
  card: (item: Item) => ReactNode;
  empty: string;
}

/** A long list to be read: columns where there is room, cards where not, more on a press. */
export function Listing<Item extends object>({ title, help, name, columns, card, empty }: ListingShape<Item>) {
  const { say } = useWords();
  const list = useList<Item>(name);
  useTitle(title);
  const wide = useWide(900);
  // An entry's place in the list is its only name: the API gives away no more.
  const items = (list.data?.pages.flatMap((page) => page.items) ?? []).map((item, place) => ({ ...item, place }));
  return (
    <section className="page" aria-busy={list.isFetching}>
      <h1>{title}</h1>
      <p className="quiet">{help}</p>
      {list.isPending && <Loading />}
      {list.isError && <FailedPage error={list.error} again={() => void list.refetch()} />}
      {list.data && items.length === 0 && <Nothing title={empty} />}
      {items.length > 0 &&
        (wide ? (
          <Table<Item & { place: number }> rowKey="place" columns={columns} dataSource={items} pagination={false} />
        ) : (
          <ul className="plain cards">
            {items.map((item) => (
              <li key={item.place} className="card">
                {card(item)}
              </li>
            ))}
          </ul>
        ))}
      {list.hasNextPage && (
        <p className="more">
          <Button size="large" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {say('queue.more')}
          </Button>
        </p>
      )}
    </section>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from './call.ts';

interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}

/** A list the server hands out page by page. */
export const useList = <Item>(name: string) =>
  useInfiniteQuery({
    queryKey: ['list', name],
    queryFn: ({ pageParam, signal }) =>
      call<Page<Item>>(`/${name}${pageParam && `?cursor=${encodeURIComponent(pageParam)}`}`, undefined, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

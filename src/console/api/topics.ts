import { useQuery } from '@tanstack/react-query';
import type { TopicView } from '../../http/views/catalogue.ts';
import { call } from './call.ts';

/** What a case can be about, named in the reader's language. */
export const useTopics = () =>
  useQuery({
    queryKey: ['topics'],
    queryFn: ({ signal }) => call<{ items: TopicView[] }>('/topics', undefined, signal).then(({ items }) => items),
    staleTime: 300_000,
  });

import { useQuery } from '@tanstack/react-query';
import type { FigureView, OwnFigureView, ReplyView } from '../../http/views/figures.ts';
import { call } from './call.ts';
import { client } from './client.ts';

const useFigureList = <Item>(path: string, wanted: boolean) =>
  useQuery({
    queryKey: ['figures', path],
    queryFn: ({ signal }) => call<{ items: Item[] }>(path, undefined, signal).then(({ items }) => items),
    enabled: wanted,
    staleTime: 300_000,
  });

/** What ratings of closed months tell of the units in reach. */
export const useFigures = (wanted: boolean) => useFigureList<FigureView>('/ratings/figures', wanted);

/** What they tell of oneself. */
export const useOwnFigures = (wanted: boolean) => useFigureList<OwnFigureView>('/ratings/own', wanted);

type Said = Pick<NonNullable<OwnFigureView['reply']>, 'text' | 'appeal'>;

/** Says something to a batch of one's own ratings. */
export async function replyToOwn({ from }: Pick<OwnFigureView, 'from'>, said: Said): Promise<void> {
  await call(`/ratings/own/${from}/reply`, { method: 'PUT', body: said });
  await client.invalidateQueries({ queryKey: ['figures', '/ratings/own'] });
}

/** Inspection's word on an appeal: final. */
export async function decideAppeal({ id }: Pick<ReplyView, 'id'>, decided: NonNullable<ReplyView['decision']>): Promise<void> {
  await call(`/ratings/replies/${encodeURIComponent(id)}/decision`, { method: 'PUT', body: decided });
  await client.invalidateQueries({ queryKey: ['list', 'ratings/replies'] });
}

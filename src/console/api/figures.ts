import { useQuery } from '@tanstack/react-query';
import type { FigureView, OwnFigureView } from '../../http/views/figures.ts';
import { call } from './call.ts';

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

import type { RatingView } from '../../http/views/rating.ts';
import { call } from './call.ts';
import { client } from './client.ts';

export type Exclusion = NonNullable<RatingView['excluded']>;

export const exclusions: readonly Exclusion[] = ['twice', 'by-police', 'other-unit', 'threat', 'burst'];

/** Leaves a rating out of every figure, or with null counts it again. */
export async function exclude({ id }: RatingView, category: Exclusion | null): Promise<void> {
  const path = `/ratings/${encodeURIComponent(id)}/exclusion`;
  await call(path, category ? { method: 'PUT', body: { category } } : { method: 'DELETE' });
  await client.invalidateQueries({ queryKey: ['list', 'ratings'] });
}

import { z } from 'zod';
import type { Id } from '../../domain/chance.ts';
import type { Step } from '../step.ts';

/** Pictures and other files, by id; skippable in one tap, finished at the limit or on *done*. */
export function photos({ max }: { max: number }): Step<Id[]> {
  const schema = z.array(z.string()).min(1).max(max);
  return {
    kind: 'photos',
    expects: 'photos',
    upTo: max,
    answer: schema,
    show: (ids) => ({ key: 'flow:photo.count', values: { n: ids.length } }),
    mayBeSkipped: () => true,
    skipLabel: 'flow:button.noPhotos',
  };
}

import { z } from 'zod';
import type { Kept, Step } from '../step.ts';
import { written } from './choice.ts';

/** Everything once more, and the resident's yes. */
export interface Reviewed {
  filed: true;
  /** Acts of the resident's own beside filing: `police` says that this is about police. */
  acts: string[];
}

const schema = z.object({ filed: z.literal(true), acts: z.array(z.string()) });

/** Shows every line; each can be edited by a tap; then it is filed. `acts` are further things to say about the whole. */
export function review({ acts = () => [] }: { acts?: (kept: Kept) => readonly string[] } = {}): Step<Reviewed> {
  return {
    kind: 'review',
    expects: 'choice',
    answer: schema,
    options: (scene) => {
      const done = actsIn(scene.stored);
      return written(['file', ...acts(scene.kept)])(scene).map((option) => ({
        ...option,
        marked: option.value === 'file' || done.includes(option.value),
        ...(option.value === 'file' && { also: 'flow:review.yes' }),
      }));
    },
    pick: (value, { stored, kept }) => {
      const done = actsIn(stored);
      if (value === 'file') return { is: 'answer', value: { filed: true, acts: done } };
      if (!acts(kept).includes(value)) return undefined;
      return { is: 'more', value: { filed: false, acts: done.includes(value) ? done.filter((act) => act !== value) : [...done, value] } };
    },
    show: () => ({ words: '' }),
  };
}

const begun = z.object({ acts: z.array(z.string()) });

/** The acts chosen so far, filed or not. */
export const actsIn = (value: unknown): string[] => begun.safeParse(value).data?.acts ?? [];

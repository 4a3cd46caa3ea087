import { z } from 'zod';
import type { Scene, Step } from '../step.ts';
import { inWords, listed } from '../wording.ts';
import { labelOf, type Source, written } from './choice.ts';

const schema = z.array(z.string()).min(1);

/** Any number of things: a tap chooses, another takes it back, *done* ends. */
export function several(options: readonly string[] | Source): Step<string[]> {
  const source = typeof options === 'function' ? options : written(options);
  const known = (scene: Scene, values: unknown): string[] => {
    const chosen: readonly unknown[] = Array.isArray(values) ? values : [];
    return source(scene)
      .map(({ value }) => value)
      .filter((value) => chosen.includes(value));
  };
  return {
    kind: 'several',
    expects: 'choice',
    answer: schema,
    stands: (values, scene) => known(scene, values).length === values.length,
    options: (scene) => {
      const chosen = known(scene, scene.stored);
      return source(scene).map((option) => ({ ...option, marked: chosen.includes(option.value) }));
    },
    pick: (value, scene) => {
      const chosen = known(scene, scene.stored);
      if (chosen.includes(value)) return { is: 'more', value: chosen.filter((one) => one !== value) };
      const more = known(scene, [...chosen, value]);
      return more.length > chosen.length ? { is: 'more', value: more } : { is: 'wrong' };
    },
    show: (values, scene) => {
      const labels = values.map((value) => inWords(labelOf(source(scene), value), scene.around));
      return { words: listed(labels, scene.around) };
    },
    upTo: Number.POSITIVE_INFINITY,
  };
}

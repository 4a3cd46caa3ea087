import { z } from 'zod';
import type { Option, Scene, Step } from '../step.ts';

/** Where options come from when they are not written into the flow. */
export type Source = (scene: Scene) => readonly Option[];

const schema = z.string();

interface ChoiceRules {
  /** The likely answers, best first, read from what was said so far: shown first, still asked. */
  proposed?: (scene: Scene) => readonly string[];
}

/** Exactly one of several things. */
export function choice<const O extends readonly string[]>(options: O, rules?: ChoiceRules): Step<O[number]>;
export function choice(options: Source, rules?: ChoiceRules): Step<string>;
export function choice(options: readonly string[] | Source, { proposed = () => [] }: ChoiceRules = {}): Step<string> {
  const source = typeof options === 'function' ? options : written(options);
  return {
    kind: 'choice',
    expects: 'choice',
    answer: schema,
    stands: (value, scene) => isOneOf(source(scene), value),
    options: (scene) => proposedFirst(source(scene), proposed(scene)),
    pick: (value, scene) => (isOneOf(source(scene), value) ? { is: 'answer', value } : { is: 'wrong' }),
    show: (value, scene) => labelOf(source(scene), value),
  };
}

/** Options written into the flow: their labels are `<flow>:<step>.option.<value>`. */
export const written =
  (values: readonly string[]): Source =>
  ({ flow, step }) =>
    values.map((value) => ({ value, label: { key: `${flow}:${step}.option.${value}` } }));

export const labelOf = (options: readonly Option[], value: string) =>
  options.find((option) => option.value === value)?.label ?? { words: value };

const isOneOf = (options: readonly Option[], value: string): boolean => options.some((option) => option.value === value);

function proposedFirst(options: readonly Option[], values: readonly string[]): readonly Option[] {
  const likely = values.flatMap((value) => options.find((option) => option.value === value) ?? []);
  const [best] = likely;
  if (!best) return options;
  return [{ ...best, marked: true }, ...likely.slice(1), ...options.filter((option) => !likely.includes(option))];
}

const levels = [1, 2, 3, 4, 5] as const;
const levelSchema = z.literal(levels);

/** Five levels; asked from 1 upward, so that on a channel without buttons the number typed is the level meant. */
export function level(): Step<1 | 2 | 3 | 4 | 5> {
  const source = written(levels.map(String));
  return {
    kind: 'choice',
    expects: 'choice',
    answer: levelSchema,
    options: source,
    pick: (value) => (/^[1-5]$/.test(value) ? { is: 'answer', value: Number(value) } : { is: 'wrong' }),
    show: (value, scene) => labelOf(source(scene), String(value)),
  };
}

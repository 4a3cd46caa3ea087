import { type Span, Terms, wiped } from './danger/terms.ts';
import { evened, GAP } from './danger/text.ts';

export const dangerLevels = ['now', 'risk', 'mention'] as const;
export type DangerLevel = (typeof dangerLevels)[number];

/** One locale's dated rules, as `locales/<locale>/danger.json` holds them: situations put together from sets of words. */
export interface DangerRules {
  date: string;
  /** Pairs of characters read as one: `樓楼 門门`, an emoji and its word. */
  fold: string;
  /** How many characters may lie between two neighbours of a situation. */
  near: number;
  /** How many characters around a situation its exceptions and distances are looked for. */
  around: number;
  /** Phrases that only look like danger, `|` between: wiped before anything is read. */
  harmless: string;
  /** Words by what they tell, `|` between. */
  sets: Readonly<Record<string, string>>;
  /** Sets that put what is told at a distance: past, supposed, told by others, denied, over. It is then worth a mention, no siren. */
  distances: readonly string[];
  /** Sets that say it is going on after all; they outweigh the first distances but none named in `final`. */
  present: readonly string[];
  final: readonly string[];
  situations: readonly Situation[];
  /** Where no situation of `now` fits, its signs are added up: what each set weighs, for or against, and what the sum must pass. */
  signs?: { over: number; weights: Readonly<Record<string, number>> };
}

/**
 * A situation. `when` has alternatives, each written in names of sets: `hold weapon` one after the other and near;
 * a number between
 * two names is the most characters between them; ` + ` also somewhere in the text; ` - ` with none of these around.
 */
export interface Situation {
  level: DangerLevel;
  rule: string;
  when: readonly string[];
  /** Distances that don't lessen it. */
  despite?: readonly string[];
}

export interface Danger {
  level: DangerLevel;
  rule: string;
}

/**
 * The highest level of danger that a text speaks of, read with the two before it (oldest first, this one last).
 * Words of the last text are always part of it. Deterministic; one pass over the text, so its time grows with the length alone.
 */
export function readDanger(rules: DangerRules, texts: readonly string[]): Danger | undefined {
  const book = compiled(rules);
  const parts = texts.slice(-3).map((text) => `${GAP}${evened(text, book.fold)}${GAP}`);
  const reading: Reading = {
    found: book.terms.find(wiped(parts.join(''), book.harmless)),
    begins: parts.slice(0, -1).join('').length + 1,
    rules,
  };
  let mention: Danger | undefined;
  let signsRead = false;
  for (const { level, rule, alternatives, distances } of book.situations) {
    if (level === 'mention' && mention) return mention;
    if (level !== 'now' && !signsRead) {
      signsRead = true;
      // Told at a distance: a situation was seen, and it is not going on.
      if (!mention && showSigns(reading)) return { level: 'now', rule: 'signs' };
    }
    const seen = best(alternatives.map((alternative) => look(reading, alternative, distances)));
    if (seen === 'near') return { level, rule };
    if (seen === 'far') mention ??= { level: 'mention', rule };
  }
  return mention;
}

/** A set, and how many characters may lie between the one before and it. */
interface Step {
  set: string;
  gap: number;
}
interface Alternative {
  sequences: readonly (readonly Step[])[];
  without: readonly string[];
}
interface Book {
  fold: ReadonlyMap<string, string>;
  terms: Terms;
  harmless: Terms;
  situations: readonly (Pick<Situation, 'level' | 'rule'> & { alternatives: readonly Alternative[]; distances: readonly string[] })[];
}
interface Reading {
  found: ReadonlyMap<string, readonly Span[]>;
  /** Where the last text begins. */
  begins: number;
  rules: DangerRules;
}
type Seen = 'near' | 'far' | undefined;

/** Whether the signs in the last text add up to danger now. */
function showSigns({ found, begins, rules: { signs } }: Reading): boolean {
  if (!signs) return false;
  const seen = [...found].filter(([, spans]) => (spans.at(-1)?.[1] ?? 0) > begins);
  return seen.reduce((sum, [set]) => sum + (signs.weights[set] ?? 0), 0) > signs.over;
}

const best = (seen: readonly Seen[]): Seen => (seen.includes('near') ? 'near' : seen.find((each) => each !== undefined));

/** Whether a situation is told of, and whether as something close or at a distance. */
function look(reading: Reading, { sequences, without }: Alternative, distances: readonly string[]): Seen {
  const [first, ...others] = sequences.map((sequence) => chains(reading, sequence));
  if (!first || others.some((spans) => spans.length === 0)) return undefined;
  const othersTouch = others.some((spans) => spans.some(([, to]) => to > reading.begins));
  const spans = first.filter((span) => (othersTouch || span[1] > reading.begins) && !anyAround(reading, without, span));
  if (spans.length === 0) return undefined;
  return spans.some((span) => !isDistant(reading, distances, span)) ? 'near' : 'far';
}

function isDistant(reading: Reading, distances: readonly string[], span: Span): boolean {
  const { final, present } = reading.rules;
  if (
    anyAround(
      reading,
      distances.filter((set) => final.includes(set)),
      span,
    )
  )
    return true;
  return anyAround(reading, distances, span) && !anyAround(reading, present, span);
}

/** The spans that hold the sets one after the other, each near the one before. */
function chains({ found }: Reading, sequence: readonly Step[]): readonly Span[] {
  return (
    sequence.reduce<readonly Span[] | undefined>((spans, { set, gap }) => {
      const next = found.get(set) ?? [];
      return (
        spans?.flatMap(([from, to]) => {
          // One character may be shared: the space between two Latin words belongs to both.
          const follower = next[firstFrom(next, to - 1)];
          return follower && follower[0] - to <= gap ? [[from, follower[1]] as const] : [];
        }) ?? next
      );
    }, undefined) ?? []
  );
}

const anyAround = ({ found, rules }: Reading, sets: readonly string[], [from, to]: Span): boolean =>
  sets.some((set) => {
    const spans = found.get(set) ?? [];
    const next = spans[firstFrom(spans, from - rules.around)];
    return next !== undefined && next[0] <= to + rules.around;
  });

/** The place of the first span that begins at or after a point. */
function firstFrom(spans: readonly Span[], point: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.[0] ?? 0) < point) low = middle + 1;
    else high = middle;
  }
  return low;
}

const books = new WeakMap<DangerRules, Book>();

function compiled(rules: DangerRules): Book {
  const made = books.get(rules);
  if (made) return made;
  const fold = new Map(rules.fold.split(' ').flatMap((pair) => pairOf(Array.from(pair))));
  const terms = new Terms(fold);
  for (const [set, words] of Object.entries(rules.sets)) for (const word of words.split('|')) terms.add(word, set);
  const harmless = new Terms(fold);
  for (const phrase of rules.harmless.split('|')) harmless.add(phrase, '');
  const situations = dangerLevels.flatMap((level) =>
    rules.situations
      .filter((situation) => situation.level === level)
      .map(({ rule, when, despite = [] }) => ({
        level,
        rule,
        alternatives: when.map((written) => alternativeOf(written, rules)),
        distances: level === 'mention' ? [] : rules.distances.filter((set) => !despite.includes(set)),
      })),
  );
  const book = { fold, terms, harmless, situations };
  books.set(rules, book);
  return book;
}

const pairOf = ([from, ...to]: readonly string[]): [string, string][] =>
  from === undefined || to.length === 0 ? [] : [[from, to.join('')]];

function alternativeOf(written: string, rules: DangerRules): Alternative {
  const [sequences = '', ...without] = written.split(' - ');
  const alternative = {
    sequences: sequences.split(' + ').map((sequence) => stepsOf(words(sequence), rules.near)),
    without: without.flatMap(words),
  };
  const unknown = [...alternative.sequences.flat().map(({ set }) => set), ...alternative.without].find(
    (set) => !Object.hasOwn(rules.sets, set),
  );
  if (unknown !== undefined) throw new Error(`danger rules of ${rules.date}: no set is named ${unknown}`);
  return alternative;
}

const words = (text: string): string[] => text.trim().split(/\s+/);

function stepsOf(written: readonly string[], near: number): Step[] {
  const isGap = (word: string | undefined): boolean => word !== undefined && /^\d+$/.test(word);
  return written.flatMap((set, index) => (isGap(set) ? [] : [{ set, gap: isGap(written[index - 1]) ? Number(written[index - 1]) : near }]));
}

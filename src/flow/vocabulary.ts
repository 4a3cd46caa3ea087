import type { Topic } from '../domain/catalogue.ts';
import { evened } from '../domain/danger/text.ts';

/** How many characters may lie between two parts of a word. */
const NEAR = 8;
/** By letters, a Latin word counting as two: a longer word is more surely meant. */
const WEIGHTS = [0, 1, 2.5, 4, 5, 6];
const HINT = 0.4;
const PLAIN = 2;

/** A word of a topic, read. */
export interface Word {
  topic: string;
  /** Parts in the order they are said, each in any of several terms. */
  parts: readonly (readonly string[])[];
  /** Below zero it speaks against the topic. */
  weight: number;
}

/** The words of all topics, by the terms they begin with. */
export interface Vocabulary {
  words: ReadonlyMap<string, readonly Word[]>;
  terms: ReadonlySet<string>;
  /** The lengths of all terms that begin with a character. */
  lengths: ReadonlyMap<string, readonly number[]>;
}

type Places = ReadonlyMap<string, readonly number[]>;

/**
 * Reads the words of topics in every language: `停车` as it stands, `neighbo*` any Latin word that begins so,
 * `窗口…没人|关` one part after the other and near; `手机?` only a hint, `漏电!` plain enough on its own;
 * `-偷拍` speaks against the topic, and what lies inside it says nothing. A word of several topics weighs less for each.
 */
export function vocabularyOf(topics: readonly Topic[]): Vocabulary {
  const all = topics.flatMap(({ code, words }) => [...new Set(Object.values(words).flat())].flatMap((written) => readWord(code, written)));
  const owners = new Map<string, number>();
  for (const word of all) if (word.weight > 0) owners.set(nameOf(word), (owners.get(nameOf(word)) ?? 0) + 1);
  const words = new Map<string, Word[]>();
  const terms = new Set(all.flatMap(({ parts }) => parts.flat()));
  const lengths = new Map<string, Set<number>>();
  for (const { topic, parts, weight } of all) {
    const word = { topic, parts, weight: weight > 0 ? weight / (owners.get(nameOf({ parts })) ?? 1) : weight };
    for (const term of parts[0] ?? []) words.set(term, [...(words.get(term) ?? []), word]);
  }
  for (const term of terms) lengths.set(term.charAt(0), (lengths.get(term.charAt(0)) ?? new Set()).add(term.length));
  return { words, terms, lengths: new Map([...lengths].map(([first, of]) => [first, [...of]])) };
}

/** Every word that was said, each once. The time it takes grows with the length of the text alone. */
export function found(vocabulary: Vocabulary, said: string): Word[] {
  const places = placesIn(evened(said, AS_WRITTEN), vocabulary);
  const begun = new Set([...places.keys()].flatMap((term) => vocabulary.words.get(term) ?? []));
  const words = [...begun].filter(({ parts }) => isSaid(parts, places));
  const silenced = silencedBy(words, places);
  return words.filter((word) => word.weight < 0 || !isSilenced(word, silenced, places));
}

const AS_WRITTEN: ReadonlyMap<string, string> = new Map();

function readWord(topic: string, written: string): Word[] {
  const [, against, spelled = '', mark] = /^(-?)(.*?)([!?]?)$/u.exec(written) ?? [];
  const parts = spelled.split('…').map((part) =>
    part
      .split('|')
      .map(termOf)
      .filter((term) => term !== ''),
  );
  if (parts.some((terms) => terms.length === 0)) return [];
  const letters = parts.reduce((sum, terms) => sum + Math.min(...terms.map(lettersIn)), 0);
  const weight = WEIGHTS[Math.min(letters, parts.length > 1 ? 4 : 5)] ?? 0;
  return [{ topic, parts, weight: weight * (mark === '!' ? PLAIN : mark === '?' ? HINT : 1) * (against ? -1 : 1) }];
}

const termOf = (written: string): string => {
  const term = evened(written, AS_WRITTEN);
  return written.endsWith('*') ? term.trimEnd() : term;
};

const lettersIn = (term: string): number => term.replaceAll(/[a-z]+/g, 'aa').replaceAll(' ', '').length;

const nameOf = ({ parts }: Pick<Word, 'parts'>): string => parts.map((terms) => terms.join('|')).join('…');

function placesIn(text: string, { terms, lengths }: Vocabulary): Places {
  const places = new Map<string, number[]>();
  for (let at = 0; at < text.length; at += 1) {
    for (const length of lengths.get(text.charAt(at)) ?? []) {
      const term = text.slice(at, at + length);
      if (!terms.has(term)) continue;
      const there = places.get(term);
      if (there) there.push(at);
      else places.set(term, [at]);
    }
  }
  return places;
}

/** Whether the parts follow one another, each near the one before. */
function isSaid(parts: Word['parts'], places: Places): boolean {
  const [first = [], ...rest] = parts.map((terms) => spansOf(terms, places));
  let ends = new Set(first.map(([, to]) => to));
  for (const spans of rest) {
    const before = ends;
    ends = new Set(spans.filter(([from]) => gaps.some((gap) => before.has(from - gap))).map(([, to]) => to));
  }
  return ends.size > 0;
}

const gaps = [...Array(NEAR + 1).keys()];

/** By topic, the characters of what speaks against it. */
function silencedBy(words: readonly Word[], places: Places): ReadonlyMap<string, ReadonlySet<number>> {
  const silenced = new Map<string, Set<number>>();
  for (const { topic, parts, weight } of words) {
    if (weight > 0 || parts.length > 1) continue;
    const characters = silenced.get(topic) ?? new Set();
    for (const [from, to] of spansOf(parts[0] ?? [], places)) for (let at = from; at < to; at += 1) characters.add(at);
    silenced.set(topic, characters);
  }
  return silenced;
}

function isSilenced({ topic, parts }: Word, silenced: ReadonlyMap<string, ReadonlySet<number>>, places: Places): boolean {
  const characters = silenced.get(topic);
  if (!characters || parts.length > 1) return false;
  return spansOf(parts[0] ?? [], places).every(([from, to]) => {
    for (let at = from; at < to; at += 1) if (!characters.has(at)) return false;
    return true;
  });
}

const spansOf = (terms: readonly string[], places: Places): [from: number, to: number][] =>
  terms.flatMap((term) => (places.get(term) ?? []).map((at): [number, number] => [at, at + term.length]));

import type { Topic } from '../domain/catalogue.ts';
import { found, type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** The others keep the places people know them by. */
const MOST = 3;

/** The topics whose words were said most plainly, best first, three at most. A proposal, never a decision. */
export function proposedTopics(topics: readonly Topic[], said: string): Topic[] {
  const weights = weighed(known(topics), said);
  return topics
    .map((topic) => ({ topic, weight: weights.get(topic.code) ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .slice(0, MOST)
    .map(({ topic }) => topic);
}

// One question asks several times what the same words say.
let weighedLast: { vocabulary: Vocabulary; said: string; weights: ReadonlyMap<string, number> } | undefined;

function weighed(vocabulary: Vocabulary, said: string): ReadonlyMap<string, number> {
  if (weighedLast?.vocabulary === vocabulary && weighedLast.said === said) return weighedLast.weights;
  const weights = new Map<string, number>();
  for (const { topic, weight } of found(vocabulary, said)) weights.set(topic, (weights.get(topic) ?? 0) + weight);
  weighedLast = { vocabulary, said, weights };
  return weights;
}

// A catalogue is immutable, and the same for thousands of turns.
const vocabularies = new WeakMap<readonly Topic[], Vocabulary>();
// It is read anew whenever an account changes, seldom with other words: reading those takes a tenth of a second.
let latest: { written: string; vocabulary: Vocabulary } | undefined;

function known(topics: readonly Topic[]): Vocabulary {
  const vocabulary = vocabularies.get(topics) ?? asLatest(topics);
  vocabularies.set(topics, vocabulary);
  return vocabulary;
}

function asLatest(topics: readonly Topic[]): Vocabulary {
  const written = JSON.stringify(topics.map(({ code, words }) => [code, words]));
  if (latest?.written !== written) latest = { written, vocabulary: vocabularyOf(topics) };
  return latest.vocabulary;
}

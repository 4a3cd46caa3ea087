import type { Topic } from '../domain/catalogue.ts';

/** Topics whose words occur in what was said, the one said at most length first. A proposal, never a decision. */
export function proposedTopics(topics: readonly Topic[], said: string): Topic[] {
  const text = plain(said);
  return topics
    .map((topic) => ({ topic, weight: weighed(wordsOf(topic), text) }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ topic }) => topic);
}

const weighed = (words: readonly string[], text: string): number =>
  words.reduce((weight, word) => (text.includes(word) ? weight + word.length : weight), 0);

// A catalogue is immutable, and the same for thousands of turns.
const known = new WeakMap<Topic, readonly string[]>();

function wordsOf(topic: Topic): readonly string[] {
  const words = known.get(topic) ?? [...new Set(Object.values(topic.words).flat().map(plain))].filter((word) => word !== '');
  known.set(topic, words);
  return words;
}

const plain = (words: string): string => words.normalize('NFKC').toLowerCase();

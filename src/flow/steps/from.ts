import type { CaseKind } from '../../domain/case.ts';
import { type Catalogue, type Labels, stationOf, type Topic, type Unit } from '../../domain/catalogue.ts';
import type { Option, Scene } from '../step.ts';
import type { Source } from './choice.ts';

interface TopicRules {
  /** For which kind of case. */
  kind: (scene: Scene) => CaseKind;
  /** The words it is proposed from. */
  words: (scene: Scene) => string;
}

/** What *something else* is called, as an answer and as a topic's code. */
export const OTHER = 'other';

/** Options of the catalogue as it stands, labelled in the resident's language. */
export function from(what: 'topics', rules: TopicRules): Source;
export function from(what: 'teams' | 'units'): Source;
export function from(what: 'topics' | 'teams' | 'units', rules?: TopicRules): Source {
  if (what === 'topics') return rules ? topics(rules) : () => [];
  return what === 'teams' ? units(({ kind }) => kind === 'team') : units(({ kind }) => kind !== 'bureau');
}

/** The topics of a kind, those found in the words first, *something else* always among them. */
const topics =
  ({ kind, words }: TopicRules): Source =>
  (scene) => {
    const { catalogue, locale } = scene.around;
    const fitting = catalogue.topics.filter(({ code, kinds }) => code !== OTHER && kinds.includes(kind(scene)));
    const likely = proposedTopics(fitting, words(scene));
    const options = [...likely, ...fitting.filter((topic) => !likely.includes(topic))].map(
      (topic): Option => ({ value: topic.code, label: { words: labelIn(topic.labels, locale, topic.code) }, marked: topic === likely[0] }),
    );
    return [...options, { value: OTHER, label: { key: `${scene.flow}:${scene.step}.option.${OTHER}` }, pinned: true }];
  };

/** Topics whose words occur in what was said, the one said at most length first. A proposal, never a decision. */
export function proposedTopics(topics: readonly Topic[], said: string): Topic[] {
  const text = said.normalize('NFKC').toLowerCase();
  const weigh = (topic: Topic) =>
    [...new Set(Object.values(topic.words).flat())]
      .map((word) => word.normalize('NFKC').toLowerCase())
      .filter((word) => word !== '' && text.includes(word))
      .reduce((weight, word) => weight + word.length, 0);
  return topics
    .map((topic) => ({ topic, weight: weigh(topic) }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ topic }) => topic);
}

/** Units residents know: stations and their teams, in the catalogue's order; not inspection. */
const units =
  (wanted: (unit: Unit) => boolean): Source =>
  ({ around: { catalogue, locale, now } }) =>
    catalogue.units
      .filter((unit) => isResidents(unit, catalogue, now) && wanted(unit))
      .map((unit) => ({ value: unit.code, label: { words: labelIn(unit.labels, locale, unit.code) } }));

const isResidents = (unit: Unit, catalogue: Catalogue, now: number): boolean =>
  !unit.inspects && stationOf(catalogue, unit.id) !== undefined && (unit.validUntil === undefined || unit.validUntil > now);

/** The words in this language, else in another, else the code. */
const labelIn = (labels: Labels, locale: string, code: string): string =>
  (Object.hasOwn(labels, locale) ? labels[locale] : undefined) ?? Object.values(labels)[0] ?? code;

import type { CaseKind } from '../../domain/case.ts';
import { type Catalogue, type Labels, stationOf, type Unit } from '../../domain/catalogue.ts';
import type { Option, Scene } from '../step.ts';
import type { Source } from './choice.ts';

/** What *something else* is called, as an answer and as a topic's code. */
const OTHER = 'other';

/** Options of the catalogue as it stands, labelled in the resident's language. */
export function from(what: 'topics', kind: (scene: Scene) => CaseKind): Source;
export function from(what: 'teams' | 'units'): Source;
export function from(what: 'topics' | 'teams' | 'units', kind: (scene: Scene) => CaseKind = () => 'problem'): Source {
  if (what === 'topics') return topics(kind);
  return what === 'teams' ? units((unit) => unit.kind === 'team') : units((unit) => unit.kind !== 'bureau');
}

/** The topics of a kind, and *something else*. */
const topics =
  (kindIn: (scene: Scene) => CaseKind): Source =>
  (scene) => {
    const { catalogue, locale } = scene.around;
    const kind = kindIn(scene);
    const options = catalogue.topics
      .filter(({ code, kinds }) => code !== OTHER && kinds.includes(kind))
      .map(({ code, labels }): Option => ({ value: code, label: { words: labelIn(labels, locale, code) } }));
    return [...options, { value: OTHER, label: { key: `${scene.flow}:${scene.step}.option.${OTHER}` }, pinned: true }];
  };

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

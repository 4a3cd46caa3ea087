import type { CaseKind } from './case.ts';
import type { Id } from './chance.ts';

/** Words per locale: `{ 'zh-CN': '噪音', en: 'Noise' }`. */
export type Labels = Readonly<Record<string, string>>;

export interface Unit {
  id: Id;
  /** Stable; what the command line and the API say. */
  code: string;
  kind: 'bureau' | 'station' | 'team';
  parent?: Id;
  /** A team that inspects (督察): its officers may be inspectors. Sits outside every station. */
  inspects: boolean;
  labels: Labels;
  validUntil?: number;
}

export interface Area {
  id: Id;
  code: string;
  parent?: Id;
  unit?: Id;
  labels: Labels;
}

export interface Topic {
  code: string;
  version: number;
  /** Which kinds of case it can be. */
  kinds: readonly CaseKind[];
  labels: Labels;
  /** Words that propose it, per locale. */
  words: Readonly<Record<string, readonly string[]>>;
  /** The unit its cases go to; absent: the root station. */
  unit?: Id;
  /** Overrides of the kind's targets, ISO 8601: `{ firstAnswer: 'PT4H', finish: 'P5D' }`. */
  targets?: { firstAnswer?: string; finish?: string };
  /** Never invited to rate, never offered mediation, neutral wording. */
  domesticViolence: boolean;
}

/** Minutes since local midnight, `[from, to)`, per weekday 1 (Monday) … 7. */
export type WeeklyHours = Readonly<Record<number, readonly (readonly [from: number, to: number])[]>>;

export interface StationSettings {
  /** Shown to residents; empty until the first-run checklist is done. */
  stationName: string;
  /** IANA zone. */
  zone: string;
  hours: WeeklyHours;
  /** The body above, told where no inspector exists yet. */
  bodyAbove: string;
  /** Of a hundred whose case was answered, how many are asked how satisfied they are: drawn by lot. Absent: all. */
  ratingShare?: number;
}

/** An immutable snapshot of everything configured; `version` rises on any change. */
export interface Catalogue {
  version: number;
  settings: StationSettings;
  /** The station that gets what no rule routes. */
  rootStation: Id;
  units: readonly Unit[];
  areas: readonly Area[];
  topics: readonly Topic[];
  /** Whether anybody could read a sealed complaint. */
  inspectorExists: boolean;
}

export const unitById = (catalogue: Catalogue, id: Id): Unit | undefined => catalogue.units.find((unit) => unit.id === id);
export const unitByCode = (catalogue: Catalogue, code: string): Unit | undefined => catalogue.units.find((unit) => unit.code === code);

/** The unit and all above it, nearest first. */
export function unitsAbove(catalogue: Catalogue, id: Id): Unit[] {
  const unit = unitById(catalogue, id);
  if (!unit) return [];
  return unit.parent === undefined ? [unit] : [unit, ...unitsAbove(catalogue, unit.parent)];
}

/** The unit and all below it. */
export function unitsBelow(catalogue: Catalogue, id: Id): Unit[] {
  const unit = unitById(catalogue, id);
  if (!unit) return [];
  return [unit, ...catalogue.units.filter(({ parent }) => parent === id).flatMap((child) => unitsBelow(catalogue, child.id))];
}

/** The station a unit is or belongs to; undefined for a bureau and for inspection, which sits outside. */
export const stationOf = (catalogue: Catalogue, id: Id): Unit | undefined =>
  unitsAbove(catalogue, id).find(({ kind }) => kind === 'station');

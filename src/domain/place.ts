import type { Source } from './rating.ts';

/** Where residents find a code, or the station's screen, and rate a unit without having been asked. */
export const places = ['counter', 'notebook', 'poster', 'screen'] as const;
export type Place = (typeof places)[number];

/** On the station's own screen somebody may look on; the others are printed, and officers hold them. */
export const sourceAt = (place: Place): Source => (place === 'screen' ? 'assisted' : 'walk-in');

/** What the code of a place says: `rate-counter-community`. */
export const placeCode = (place: Place, unit: string): string => `rate-${place}-${unit}`;

/** Where a code was found and by which unit's code; undefined: it is none of a place. */
export function placeIn(code: string): { place: Place; unit: string } | undefined {
  const [, named, unit] = /^rate-([a-z]+)-(.+)$/.exec(code) ?? [];
  const place = places.find((one) => one === named);
  return place && unit !== undefined ? { place, unit } : undefined;
}

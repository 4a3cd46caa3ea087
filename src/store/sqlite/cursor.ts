type Named = { string: string; number: number };

/** Where a page ended, opaque to whoever carries it. */
export const cursorOf = (place: readonly (string | number)[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** The place a cursor stands for; undefined where it is none of ours, which begins again at the first page. */
export function placeOf<const Kinds extends readonly (keyof Named)[]>(
  cursor: string | undefined,
  kinds: Kinds,
): { -readonly [At in keyof Kinds]: Named[Kinds[At]] } | undefined {
  if (cursor === undefined) return undefined;
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(place) || place.length !== kinds.length || !kinds.every((kind, at) => typeof place[at] === kind)) return undefined;
  return place as { -readonly [At in keyof Kinds]: Named[Kinds[At]] };
}

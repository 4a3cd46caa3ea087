/** Of a longer text its beginning and its end are read, in UTF-16 units: what is urgent stands at one of them. */
const LONGEST = 8_192;
const END = 2_048;

const cut = (text: string): string => (text.length <= LONGEST ? text : text.slice(0, LONGEST - END) + text.slice(-END));

/** Stands where nothing may match: between two texts, and where a harmless phrase was wiped. */
export const GAP = '\u0001';

const invisible = /[\p{Cf}\p{Mn}]/gu;
const apostrophes = /['’‘`´]/g;
const stretched = /([a-z])\1{2,}/g;
/** Runs of Latin letters, and every other letter or digit. */
const pieces = /[a-z]+|[\p{L}\p{N}]/gu;
const latin = /^[a-z]/;

/**
 * A text as the rules read it: compatibility forms, zero-width characters, letter case, traditional characters and emoji evened out
 * (`fold`, from the rules), Latin words between single spaces, everything else run together without punctuation.
 */
export function evened(text: string, fold: ReadonlyMap<string, string>): string {
  const plain = cut(cut(text).normalize('NFKC')).toLowerCase().replace(invisible, '').replace(apostrophes, '');
  const folded = fold.size === 0 ? plain : Array.from(plain, (character) => fold.get(character) ?? character).join('');
  return (folded.replace(stretched, '$1').match(pieces) ?? [])
    .map((piece) => (latin.test(piece) ? ` ${piece} ` : piece))
    .join('')
    .replaceAll('  ', ' ');
}

/** How much one message of a channel holds. */
export interface TextLimit {
  count: number;
  /** UTF-16 units, or bytes of UTF-8. */
  unit: 'characters' | 'bytes';
}

/** In UTF-16 units; a letter under more marks than this is nobody's writing. */
const LONGEST_CHARACTER = 200;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });
/** Where a reader would pause, best first; the piece ends after the match. */
const PAUSES = [/\n\n+/g, /\n/g, /[。！？!?…](?=[^。！？!?…”’）)]|$)|[.](?=\s)/g, /[；;，,、：:](?=\S|$)|\s/g];

/** A text in pieces that each fit, cut where a reader would pause, else between two characters as readers see them. Together they are the text; a piece that shows nothing is left out. */
export function pieces(text: string, limit: TextLimit): string[] {
  const cut: string[] = [];
  let rest = text;
  while (sizeOf(rest, limit) > limit.count) {
    const most = unitsThatFit(rest, limit);
    const end = pause(rest, most) ?? lastWhole(rest, most);
    cut.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...cut, rest].filter((piece) => piece.trim() !== '');
}

const sizeOf = (text: string, { unit }: TextLimit): number => (unit === 'bytes' ? Buffer.byteLength(text) : text.length);

/** How many UTF-16 units of the text fit, never half of a pair. */
function unitsThatFit(text: string, { count, unit }: TextLimit): number {
  if (unit === 'characters') return count;
  let bytes = 0;
  let units = 0;
  for (const letter of text) {
    bytes += Buffer.byteLength(letter);
    if (bytes > count) break;
    units += letter.length;
  }
  return units;
}

/** After the last pause of the best kind in the second half; never inside what readers see as one character. */
function pause(text: string, most: number): number | undefined {
  const seen = graphemes.segment(text.slice(0, most + LONGEST_CHARACTER));
  const window = text.slice(0, most);
  for (const kind of PAUSES) {
    const ends = [...window.matchAll(kind)].map((match) => match.index + match[0].length).filter((end) => end > most / 2);
    const last = ends.findLast((end) => seen.containing(end)?.index === end);
    if (last !== undefined) return last;
  }
  return undefined;
}

/** The end of the last character that fits whole; one that is longer than a message is cut all the same. */
function lastWhole(text: string, most: number): number {
  const start = graphemes.segment(text.slice(0, most + LONGEST_CHARACTER)).containing(most)?.index ?? most;
  return start > most - LONGEST_CHARACTER && start > 0 ? start : most;
}

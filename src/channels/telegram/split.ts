/** Longest text of one message: Telegram counts UTF-16 units after entities, of which we send none (core.telegram.org/bots/api#sendmessage). */
export const TEXT_UNITS = 4096;

/** In UTF-16 units; a letter under more marks than this is nobody's writing. */
const LONGEST_CHARACTER = 200;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });
/** Where a reader would pause, best first; the piece ends after the match. */
const PAUSES = [/\n\n+/g, /\n/g, /[。！？!?…](?=[^。！？!?…”’）)]|$)|[.](?=\s)/g, /[；;，,、：:](?=\S|$)|\s/g];

/** A text in pieces of at most so many units, cut where a reader would pause, else between two characters as readers see them. Together they are the text; a piece that shows nothing is left out. */
export function pieces(text: string, most = TEXT_UNITS): string[] {
  const cut: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const end = pause(rest, most) ?? lastWhole(rest, most);
    cut.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...cut, rest].filter((piece) => piece.trim() !== '');
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

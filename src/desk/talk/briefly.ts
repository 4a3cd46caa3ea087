/** As wide as fits on a button: fourteen Chinese characters, or twice as many letters. */
const WIDTH = 28;
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u;

const segmenter = new Intl.Segmenter();

/** What a case or form is called on a button and in a line: its first words, never cut inside a character a reader sees as one. */
export function briefly(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  let width = 0;
  let kept = '';
  for (const { segment } of segmenter.segment(line)) {
    width += WIDE.test(segment) ? 2 : 1;
    if (width > WIDTH) return `${withoutLast(kept)}…`;
    kept += segment;
  }
  return kept;
}

/** The dots need a place too. */
const withoutLast = (kept: string): string =>
  [...segmenter.segment(kept)]
    .slice(0, -1)
    .map(({ segment }) => segment)
    .join('')
    .trimEnd();

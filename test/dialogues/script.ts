/** One line that somebody does: the resident, or the world around (`*`). What is heard after it stands below. */
export interface Step {
  line: number;
  by: 'resident' | 'world';
  does: string;
  /** As written: bubbles begin with `< `, go on indented, with their buttons in rows below. */
  hears: readonly string[];
}

/** A dialogue as text that anyone can read: `> resident`, `< bot`, `[Button]`, `* what else happens`, `# remark`. */
export function parse(text: string): Step[] {
  const steps: (Omit<Step, 'hears'> & { hears: string[] })[] = [];
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trimEnd();
    if (line === '' || line.startsWith('#')) continue;
    const does = /^([>*]) (.+)$/.exec(line);
    if (does) steps.push({ line: at + 1, by: does[1] === '>' ? 'resident' : 'world', does: does[2] ?? '', hears: [] });
    else if (/^(<|\[|<<)|^ {2}/.test(line)) steps.at(-1)?.hears.push(line);
    else throw new Error(`line ${at + 1} is no line of a dialogue: ${line}`);
  }
  return steps;
}

/** Said lines as a dialogue writes them. */
export function written(bubbles: readonly { text: string; signature?: string; buttons: readonly (readonly string[])[] }[]): string[] {
  return bubbles.flatMap(({ text, signature, buttons }) => {
    const [first = '', ...rest] = text.split('\n');
    return [
      signature === undefined ? `< ${first}` : `<< ${signature}: ${first}`,
      ...rest.map((line) => `  ${line}`.trimEnd()).filter((line) => line !== ''),
      ...buttons.map((row) => row.map((label) => `[${label}]`).join(' ')),
    ];
  });
}

const DATES = [
  /\d{1,2}月\d{1,2}日周[一二三四五六日]( \d{2}:\d{2})?/g,
  /(Mon|Tue|Wed|Thu|Fri|Sat|Sun),? \d{1,2} [A-Z][a-z]+((,| at) \d{2}:\d{2})?/g,
];
/** Stands in the words as what a reference looks like. */
const EXAMPLE = 'ABCD-EFGH';
const LETTERS = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/g;

/** What differs from run to run, by the name a dialogue calls it: `{reference}`, `{reference 2}`, `{code}`, `{date}`. */
export class Names {
  readonly #named = new Map<string, string>();

  /** Names what has no name yet, and puts names in the place of values. */
  hide(text: string, secret?: string): string {
    if (secret !== undefined) this.#name('code', secret);
    const dated = DATES.reduce((words, date) => words.replace(date, '{date}'), text);
    return dated.replace(LETTERS, (letters) =>
      letters === EXAMPLE ? letters : `{${this.#nameOf(letters) ?? this.#name('reference', letters)}}`,
    );
  }

  /** Puts values in the place of names. */
  show(text: string): string {
    return text.replace(/\{(\w+(?: \d+)?)\}/g, (_, name: string) => this.valueOf(name));
  }

  valueOf(name: string): string {
    const value = this.#named.get(name);
    if (value === undefined) throw new Error(`nothing is called {${name}} yet`);
    return value;
  }

  #nameOf(value: string): string | undefined {
    return [...this.#named].find(([, named]) => named === value)?.[0];
  }

  #name(kind: string, value: string): string {
    const already = this.#nameOf(value);
    if (already !== undefined) return already;
    const count = [...this.#named.keys()].filter((name) => name.split(' ')[0] === kind).length;
    const name = count === 0 ? kind : `${kind} ${count + 1}`;
    this.#named.set(name, value);
    return name;
  }
}

/** Where two runs of lines part, as a person reads it: `-` as written, `+` as it was. */
export function difference(expected: readonly string[], actual: readonly string[]): string {
  const same = longestCommon(expected, actual);
  const lines: string[] = [];
  let [e, a] = [0, 0];
  for (const [at, to] of [...same, [expected.length, actual.length] as const]) {
    while (e < at) lines.push(`- ${expected[e++]}`);
    while (a < to) lines.push(`+ ${actual[a++]}`);
    if (e < expected.length) lines.push(`  ${expected[e]}`);
    e += 1;
    a += 1;
  }
  return lines.join('\n');
}

function longestCommon(one: readonly string[], other: readonly string[]): (readonly [number, number])[] {
  const length = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  for (let i = one.length - 1; i >= 0; i -= 1)
    for (let j = other.length - 1; j >= 0; j -= 1)
      length[i]![j] = one[i] === other[j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!);
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i] === other[j]) pairs.push([i++, j++]);
    else if (length[i + 1]![j]! >= length[i]![j + 1]!) i += 1;
    else j += 1;
  }
  return pairs;
}

import { readFileSync } from 'node:fs';

export const readers = ['nobody', 'officer', 'lead', 'inspector', 'administrator'] as const;
export type ReaderName = (typeof readers)[number];

/** One line of `authorization.txt`. */
export interface Line {
  /** `GET /api/v1/cases/{reference}`. */
  route: string;
  /** What the route's name carries in brackets: `answered`, `inspector`. */
  as: string | undefined;
  whose: 'own' | 'other' | undefined;
  kind: 'ordinary' | 'service' | 'sealed' | undefined;
  /** `404`, `200+`, `200-`. */
  expected: Readonly<Record<ReaderName, string>>;
}

/** Every line of the table; a line that can't be read stops everything. */
export function readTable(): Line[] {
  const text = readFileSync(new URL('authorization.txt', import.meta.url), 'utf8');
  const lines: Line[] = [];
  let route = '';
  let as: string | undefined;
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const heading = /^([A-Z]+ \/\S*)(?: \((\w+)\))?$/.exec(line);
    if (heading) {
      route = heading[1] ?? '';
      as = heading[2];
      continue;
    }
    const [, what = '', cells = ''] = /^ {2}(-|(?:own|other) +(?:ordinary|service|sealed)) +(\d.*)$/.exec(line) ?? [];
    const values = cells.split(/ +/);
    if (route === '' || values.length !== readers.length || values.some((value) => !/^\d{3}[+-]?$/.test(value))) {
      throw new Error(`can't read the line: ${line}`);
    }
    const [whose, kind] = what === '-' ? [] : what.split(/ +/);
    lines.push({
      route,
      as,
      whose: whose as Line['whose'],
      kind: kind as Line['kind'],
      expected: Object.fromEntries(readers.map((reader, at) => [reader, values[at]])) as Line['expected'],
    });
  }
  return lines;
}

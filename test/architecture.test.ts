import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => name.replaceAll('\\', '/'))
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, 'src', path), 'utf8') }));

/** The folders of the picture in ARCHITECTURE, and the files beside them. */
const folders = ['channels', 'cli', 'console', 'desk', 'domain', 'flow', 'flows', 'http', 'store', 'webchat'];
const files = ['config.ts', 'i18n.ts', 'main.ts'];

/** What each place may import of ours, besides itself; `types` only as `import type`. A path ends in `/` where all below it is meant. */
const table: Readonly<Record<string, { may: readonly string[]; types?: readonly string[] }>> = {
  'domain/': { may: [] },
  'flow/': { may: ['domain/'] },
  'flows/': { may: ['flow/', 'domain/'] },
  'channels/channel.ts': { may: ['domain/', 'flow/'] },
  'store/ratings.ts': { may: ['domain/'] },
  'store/store.ts': { may: ['domain/', 'flow/', 'store/ratings.ts'] },
  'channels/*/': { may: ['channels/channel.ts', 'domain/'] },
  'store/*/': { may: ['store/store.ts', 'store/ratings.ts', 'domain/'] },
  'desk/': { may: ['domain/', 'flow/', 'flows/', 'i18n.ts', 'channels/channel.ts', 'store/store.ts'] },
  'http/': { may: ['desk/', 'domain/', 'store/store.ts', 'store/ratings.ts'], types: ['channels/channel.ts'] },
  'console/': { may: ['locales/*/console.json'], types: ['http/views/'] },
  'webchat/': { may: ['locales/*/webchat.json'], types: ['channels/web/'] },
  'config.ts': { may: [] },
  'i18n.ts': { may: [] },
  'cli/': { may: ['*'] },
  'main.ts': { may: ['*'] },
};

/** A package with one home: nobody else may know that it is used. */
const homes: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['store/sqlite/'],
  'drizzle-orm': ['store/sqlite/'],
  i18next: ['i18n.ts', 'console/', 'webchat/'],
  dotenv: ['config.ts'],
  commander: ['cli/'],
  fastify: ['http/', 'channels/', 'main.ts'],
  sharp: ['desk/'],
  'csv-stringify': ['http/'],
  grammy: ['channels/telegram/'],
  react: ['console/'],
  antd: ['console/'],
  preact: ['webchat/'],
};

/** The text without its comments; strings, templates and regular expressions stay as they are. */
function withoutComments(text: string): string {
  const pieces =
    /(?<=(?:^|[(,=:[!&|?{};]|=>|return)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return text.replace(pieces, (piece) => (piece.startsWith('//') || piece.startsWith('/*') ? piece.replace(/[^\n]/g, '') : piece));
}

interface Import {
  from: string;
  typeOnly: boolean;
}

function importsOf(text: string): Import[] {
  const found: Import[] = [];
  const code = withoutComments(text);
  for (const [, keyword, type, names = '', from = ''] of code.matchAll(
    /^[ \t]*(import|export)\s+(type\s+)?([^'";=()]*?)\s*from\s*['"]([^'"]+)['"]/gm,
  )) {
    const named = /^\{([^}]*)\}$/.exec(names.trim());
    const allTypes = named?.[1]?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '));
    found.push({ from, typeOnly: type !== undefined || (keyword === 'import' && allTypes === true) });
  }
  for (const [, from = ''] of code.matchAll(/^[ \t]*import\s*['"]([^'"]+)['"]/gm)) found.push({ from, typeOnly: false });
  for (const [, from = ''] of code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)) found.push({ from, typeOnly: false });
  return found;
}

// A channel's files share one row, whatever the channel; a port is a row of its own.
function placeOf(path: string): string {
  if (path in table) return path;
  const [top = '', second] = path.split('/');
  if ((top === 'channels' || top === 'store') && second !== undefined && path.split('/').length > 2) return `${top}/*/`;
  return `${top}/`;
}

const lies = (path: string, within: string): boolean =>
  within === '*' ||
  (within.includes('*') && !within.endsWith('/')
    ? new RegExp(`^${within.replaceAll('.', '\\.').replace('*', '[^/]+')}$`).test(path)
    : within.endsWith('/')
      ? path.startsWith(within)
      : path === within);

/** Where a relative import points: a path under src/, or `locales/…` beside it. */
function target(path: string, from: string): string {
  const resolved = relative(root, normalize(join(root, 'src', dirname(path), from))).replaceAll('\\', '/');
  return resolved.startsWith('src/') ? resolved.slice(4) : resolved;
}

function isOwn(path: string, to: string): boolean {
  const place = placeOf(path);
  if (place === path) return false;
  const own = place.endsWith('/*/') ? `${path.split('/').slice(0, 2).join('/')}/` : place;
  return to.startsWith(own);
}

/** Why the import is not allowed; undefined where it is. */
function objection(path: string, { from, typeOnly }: Import): string | undefined {
  if (!from.startsWith('.')) {
    const name = from.startsWith('@') ? from.split('/').slice(0, 2).join('/') : (from.split('/')[0] ?? from);
    const home = Object.hasOwn(homes, name) ? homes[name] : undefined;
    return home && !home.some((place) => lies(path, place)) ? `src/${path} uses ${name}, whose home is ${home.join(', ')}` : undefined;
  }
  const to = target(path, from);
  if (to === 'main.ts') return `src/${path} imports main`;
  if (isOwn(path, to)) return undefined;
  const row = table[placeOf(path)];
  if (!row) return `src/${path} lies in no folder of the picture`;
  if (row.may.some((place) => lies(to, place))) return undefined;
  if (typeOnly && row.types?.some((place) => lies(to, place))) return undefined;
  return `src/${path} imports ${to}${typeOnly ? ' (types)' : ''}`;
}

const objections = sources.flatMap(({ path, text }) => importsOf(text).flatMap((line) => objection(path, line) ?? []));

describe('the checker itself sees', () => {
  test('the source files, and their imports', () => {
    expect(sources.length).toBeGreaterThanOrEqual(25);
    expect(sources.flatMap(({ text }) => importsOf(text)).length).toBeGreaterThanOrEqual(50);
    for (const { path, text } of sources) {
      const written = withoutComments(text).match(/^(?:import|export)\b[^=(]*?\bfrom\s*['"]/gm)?.length ?? 0;
      expect(importsOf(text).length, path).toBeGreaterThanOrEqual(written);
    }
  });

  test('every way to write an import', () => {
    const text = `
      import a from 'one';
      import type { B } from "two";
      import { type C, type D } from 'three';
      import { e, type F } from 'four';
      import * as g from 'five';
      import {
        h,
      } from 'six';
      export { i } from 'seven';
      export type { J } from 'eight';
      export * from 'nine';
      import 'ten';
      const k = await import('eleven');
      // import l from 'comment';
      /* import m from 'comment'; */
      const n = "// import o from 'not a comment'"; import p from 'never';
    `;
    expect(importsOf(text)).toEqual([
      { from: 'one', typeOnly: false },
      { from: 'two', typeOnly: true },
      { from: 'three', typeOnly: true },
      { from: 'four', typeOnly: false },
      { from: 'five', typeOnly: false },
      { from: 'six', typeOnly: false },
      { from: 'seven', typeOnly: false },
      { from: 'eight', typeOnly: true },
      { from: 'nine', typeOnly: false },
      { from: 'ten', typeOnly: false },
      { from: 'eleven', typeOnly: false },
    ]);
  });

  test.each([
    ['domain/case.ts', '../flow/effect.ts', true],
    ['flow/engine.ts', '../desk/turn.ts', false],
    ['channels/web/web.ts', '../telegram/telegram.ts', false],
    ['channels/web/web.ts', '../../store/store.ts', false],
    ['channels/web/web.ts', '../../i18n.ts', true],
    ['store/sqlite/open.ts', '../postgres/open.ts', false],
    ['desk/turn.ts', '../store/sqlite/open.ts', true],
    ['desk/turn.ts', '../main.ts', true],
    ['http/app.ts', '../config.ts', false],
    ['http/app.ts', '../store/sqlite/open.ts', true],
    ['console/app.tsx', '../http/views/case.ts', false],
    ['console/app.tsx', '../domain/case.ts', true],
    ['webchat/app.tsx', '../../locales/en/console.json', false],
    ['cli/tiexin.ts', '../main.ts', false],
    ['helpers/x.ts', '../domain/case.ts', false],
    ['desk/turn.ts', 'better-sqlite3', false],
  ])('that src/%s must not import %s', (path, from, typeOnly) => {
    expect(objection(path, { from, typeOnly })).toBeTypeOf('string');
  });

  test.each([
    ['flows/report.ts', '../flow/define.ts', false],
    ['http/routes/cases.ts', '../views/case.ts', false],
    ['http/deps.ts', '../channels/channel.ts', true],
    ['channels/web/session.ts', '../channel.ts', true],
    ['channels/web/session.ts', './page.ts', false],
    ['console/app.tsx', '../../locales/zh-CN/console.json', false],
    ['cli/demo.ts', '../store/sqlite/open.ts', false],
    ['store/sqlite/open.ts', 'better-sqlite3', false],
  ])('that src/%s may import %s', (path, from, typeOnly) => {
    expect(objection(path, { from, typeOnly })).toBeUndefined();
  });
});

test('every import keeps to the table', () => {
  expect(objections).toEqual([]);
});

test('the top of src is the picture', () => {
  const entries = readdirSync(join(root, 'src'), { withFileTypes: true });
  expect(
    entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort(),
  ).toEqual(folders);
  expect(
    entries
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort(),
  ).toEqual(files);
});

test('the top of the repository holds what tools and people need, and no more', () => {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n');
  const seen = readdirSync(root).filter((name) => name !== '.git' && !ignored.includes(name) && !ignored.includes(`${name}/`));
  const allowed = [
    ...['src', 'locales', 'migrations', 'test', 'docs', 'package.json', 'package-lock.json', 'tsconfig.json', 'drizzle.config.ts'],
    ...[
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'Dockerfile',
      '.dockerignore',
      '.env.example',
      '.gitignore',
      '.ci',
      'biome.json',
      'knip.json',
    ],
  ];
  expect(seen.filter((name) => !allowed.includes(name))).toEqual([]);
});

test('files are named by what they are about', () => {
  const vague = /(^|\/)(utils?|helpers?|common|services?|managers?|types|misc|lib|index)(\/|\.tsx?$)/;
  expect(sources.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([]);
});

test('no file only passes on what others export', () => {
  const barrels = sources.filter(({ text }) => {
    const code = withoutComments(text).trim();
    const rest = code.replace(/export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s*from\s*['"][^'"]+['"];?/g, '').trim();
    return /export\s+\*/.test(code) || (code !== '' && rest === '');
  });
  expect(barrels.map(({ path }) => path)).toEqual([]);
});

test('words that people read are in locales, not in code', () => {
  const chinese = sources.flatMap(({ path, text }) =>
    withoutComments(text)
      .split('\n')
      .flatMap((line, at) => (/\p{Script=Han}/u.test(line) ? `src/${path}:${at + 1} ${line.trim()}` : [])),
  );
  expect(chinese).toEqual([]);
});

test('only config.ts reads the environment', () => {
  const readers = sources.filter(({ path, text }) => path !== 'config.ts' && /\bprocess\s*(\.|\[['"])\s*env\b/.test(withoutComments(text)));
  expect(readers.map(({ path }) => path)).toEqual([]);
});

test('the middle reads no clock, no chance, no file and no process', () => {
  const impure =
    /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bDateTime\.(now|local|utc)\(\s*\)|\brandom(Bytes|UUID|Int|FillSync|Fill)\b|\bgetRandomValues\b|\bsetTimeout\b|\bsetInterval\b|\bfetch\(|\bprocess\b|['"](node:)?(fs|net|http|https|os|child_process|timers|worker_threads)(\/promises)?['"]/;
  const middle = sources.filter(({ path }) => /^(domain|flow|flows)\//.test(path));
  expect(middle.length).toBeGreaterThanOrEqual(12);
  expect(middle.flatMap(({ path, text }) => impure.exec(withoutComments(text))?.[0].replace(/^/, `src/${path}: `) ?? [])).toEqual([]);
});

test('migrations follow each other in time, each with its file', () => {
  const folder = join(root, 'migrations/sqlite');
  const journal: { entries: { idx: number; when: number; tag: string }[] } = JSON.parse(
    readFileSync(join(folder, 'meta/_journal.json'), 'utf8'),
  );
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  expect(journal.entries.length).toBeGreaterThan(0);
  expect(journal.entries.map(({ tag }) => `${tag}.sql`).sort()).toEqual(files.sort());
  for (const [at, { idx, when, tag }] of journal.entries.entries()) {
    expect(existsSync(join(folder, `${tag}.sql`))).toBe(true);
    expect(idx).toBe(at);
    expect(when, `${tag} would be skipped in silence`).toBeGreaterThan(journal.entries[at - 1]?.when ?? 0);
  }
});

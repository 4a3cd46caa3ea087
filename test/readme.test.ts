import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment } from '../src/config.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');

/** The schema's variables with their defaults as one would write them in a shell. */
const variables = Object.entries(environment.in.shape).map(([name, field]) => {
  const fallback: unknown = field.safeParse(undefined).data;
  return { name, fallback: fallback === undefined || fallback === '' ? '' : String(fallback) };
});

test("README's table names every variable with its default, and no other", () => {
  const section = readme.slice(readme.indexOf('## Configuration'), readme.indexOf('## More'));
  const rows = [...section.matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]*)`)? ?\| \S/gm)].map(([, name = '', fallback = '']) => ({
    name,
    fallback,
  }));
  expect(rows.length).toBeGreaterThan(8);
  expect(rows).toEqual(variables);
});

test('.env.example sets every variable to its default, and keeps the later names as comments', () => {
  const example = read('.env.example');
  const set = [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', fallback = '']) => ({ name, fallback }));
  expect(set).toEqual(variables);
  const later = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name);
  expect(later.filter((name) => variables.some((variable) => variable.name === name))).toEqual([]);
});

test('every file that README and the guide for operators point to is there', () => {
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split(
    '\n',
  );
  for (const [page, folder] of [
    ['README.md', ''],
    ['docs/operating.md', 'docs'],
    ['docs/operating.zh-CN.md', 'docs'],
  ] as const) {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, to = '']) => join(folder, to).replace(/\/$/, ''));
    for (const link of links) {
      expect(existsSync(join(root, link)), `${page} points to ${link}`).toBe(true);
      expect(
        tracked.some((path) => path === link || path.startsWith(`${link}/`)),
        `${link} is part of the repository`,
      ).toBe(true);
    }
  }
});

test('every npm command that is written down exists', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const commands = [readme, read('docs/operating.md'), read('docs/operating.zh-CN.md'), read('CHANGELOG.md')].flatMap((text) =>
    [...text.matchAll(/npm (?:run (\w+)|(start|test))\b/g)].map(([, ran, short]) => ran ?? short ?? ''),
  );
  expect(commands.length).toBeGreaterThan(10);
  expect(commands.filter((command) => !Object.hasOwn(scripts, command))).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { abouts, caseKinds, caseStatuses, caseVerbs, confirmations, outcomes } from '../../src/domain/case.ts';
import { promiseKinds } from '../../src/domain/decision.ts';
import { deliveryStates } from '../../src/domain/message.ts';
import { roles } from '../../src/domain/officer.ts';
import { ratingReasons } from '../../src/domain/reasons.ts';

const root = new URL('../..', import.meta.url).pathname;
const source = join(root, 'src/console');

const flat = (words: object, path = ''): string[] =>
  Object.entries(words).flatMap(([name, value]) => (typeof value === 'string' ? [`${path}${name}`] : flat(value, `${path}${name}.`)));
const keysOf = (locale: string) => flat(JSON.parse(readFileSync(join(root, 'locales', locale, 'console.json'), 'utf8')));
const zh = keysOf('zh-CN');
const en = keysOf('en');

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));
const code = files.map((name) => readFileSync(join(source, name), 'utf8')).join('\n');

test('both languages have the same words', () => {
  expect(en).toEqual(zh);
});

test('every key that the console says literally has words', () => {
  const said = [...code.matchAll(/(?:say|hasWords)\(\s*'([^']+)'/g)].map(([, key]) => key ?? '');
  const chosen = [...code.matchAll(/(?:say)\([^'`\n]*\?\s*'([^']+)'\s*:\s*'([^']+)'/g)].flatMap(([, one, other]) => [
    one ?? '',
    other ?? '',
  ]);
  expect(said.length).toBeGreaterThan(100);
  expect([...said, ...chosen].filter((key) => !zh.includes(key))).toEqual([]);
});

test('no words lie about that the console never says', () => {
  const literal = new Set([...code.matchAll(/'([a-z][\w-]*(?:\.[\w-]+)+)'/gi)].map(([, key]) => key));
  const patterns = [...code.matchAll(/`([a-z][\w.-]*(?:\$\{[^}]+\}[\w.-]*)+)`/gi)].map(
    ([, key = '']) => new RegExp(`^${key.replaceAll('.', '\\.').replace(/\$\{[^}]+\}/g, '[\\w.-]+')}$`),
  );
  const idle = zh.filter((key) => {
    const bare = key.replace(/_(one|other)$/, '');
    return !literal.has(bare) && !patterns.some((pattern) => pattern.test(bare));
  });
  expect(idle).toEqual([]);
});

test('every code of the domain that the console shows has words', () => {
  const shown: Record<string, readonly string[]> = {
    kind: caseKinds,
    status: caseStatuses,
    about: abouts,
    outcome: outcomes,
    confirmation: confirmations,
    role: roles,
    event: caseVerbs,
    'audit.verb': caseVerbs,
    'due.promise': promiseKinds,
    'delivery.state': deliveryStates,
    'rating.reason': [...ratingReasons.liked, ...ratingReasons.missed],
  };
  const missing = Object.entries(shown).flatMap(([path, codes]) => codes.map((one) => `${path}.${one}`).filter((key) => !zh.includes(key)));
  expect(missing).toEqual([]);
});

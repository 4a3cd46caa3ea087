import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keysOfTheBot } from './keys.ts';
import { difference, parse } from './script.ts';
import { Stage } from './stage.ts';

/** Every key that some dialogue was told, by locale. */
const said: Record<string, Set<string>> = { 'zh-CN': new Set(), en: new Set() };

describe.each(Object.keys(said))('dialogues in %s', (locale) => {
  const folder = join(import.meta.dirname, locale);
  for (const name of readdirSync(folder).sort()) {
    test(name.replace('.txt', ''), { timeout: 120_000 }, async () => {
      const text = readFileSync(join(folder, name), 'utf8');
      const stage = await Stage.open(locale, (key) => said[locale]?.add(key), text.includes('* there is no inspector'));
      try {
        for (const step of parse(text)) {
          const heard = await stage.play(step).catch((cause: Error) => {
            throw new Error(`${locale}/${name}:${step.line} ${step.does}\n${cause.message}`, { cause });
          });
          if (heard.join('\n') !== step.hears.join('\n')) {
            expect.fail(
              `${locale}/${name}:${step.line}\n${step.by === 'world' ? '*' : '>'} ${step.does}\n${difference(step.hears, heard)}`,
            );
          }
        }
      } finally {
        await stage.close();
      }
    });
  }
});

test('everything the bot can say is said in some dialogue, in each language', () => {
  for (const [locale, keys] of Object.entries(said)) {
    expect(
      keysOfTheBot(locale).filter((key) => !keys.has(key)),
      locale,
    ).toEqual([]);
  }
});

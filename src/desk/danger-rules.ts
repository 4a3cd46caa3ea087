import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DangerRules } from '../domain/danger.ts';

/** The dated danger rules of every locale, `<dir>/<locale>/danger.json`: all are read against every text. */
export const dangerRulesIn = (dir: string): readonly DangerRules[] =>
  readdirSync(dir).map((locale) => JSON.parse(readFileSync(join(dir, locale, 'danger.json'), 'utf8')));

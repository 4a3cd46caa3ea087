import type Database from 'better-sqlite3';
import type { Core } from './core.ts';

/** Prepares each text once. The caller says what rows look like: the text itself is the key. */
export function statementsOf(sqlite: Database.Database): Core['statement'] {
  const prepared = new Map<string, Database.Statement>();
  return <Bound extends unknown[], Row>(sql: string) => {
    const known = prepared.get(sql) ?? sqlite.prepare(sql);
    prepared.set(sql, known);
    return known as unknown as Database.Statement<Bound, Row>;
  };
}

import type { SQL } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import type { Core } from './core.ts';

const dialect = new SQLiteSyncDialect();

/** The rows of a query put together at run time: the same words are prepared once. */
export function rowsOf<Row>({ statement }: Pick<Core, 'statement'>, query: SQL): Row[] {
  const { sql, params } = dialect.sqlToQuery(query);
  return statement<unknown[], Row>(sql).all(...params);
}

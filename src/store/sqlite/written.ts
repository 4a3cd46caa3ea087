import { getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';

/** A table's rows as the driver takes them: for statements that are prepared once, where Drizzle would build them anew. */
export interface Written<Row> {
  /** `insert into … values (?, …)`, every column in order. */
  insert: string;
  /** A row's values in that order. */
  values(row: Row): unknown[];
  /** What differs, as `"column" = ?` and its values. */
  differing(before: Row, after: Partial<Row>): { set: string; values: unknown[] };
}

export function writtenAs<Table extends SQLiteTable>(table: Table): Written<Table['$inferSelect']> {
  type Row = Table['$inferSelect'] & Record<string, unknown>;
  const columns: [name: string, column: SQLiteColumn][] = Object.entries(getTableColumns(table) as Record<string, SQLiteColumn>);
  const written = (column: SQLiteColumn, value: unknown): unknown =>
    value === null || value === undefined ? null : column.mapToDriverValue(value);
  const quoted = columns.map(([, column]) => `"${column.name}"`);
  return {
    insert: `insert into "${getTableName(table)}" (${quoted.join(', ')}) values (${quoted.map(() => '?').join(', ')})`,
    values: (row: Row) => columns.map(([name, column]) => written(column, row[name])),
    differing(before: Row, after: Partial<Row>) {
      const changed = columns.flatMap(([name, column]) => {
        if (!Object.hasOwn(after, name)) return [];
        const value = written(column, after[name]);
        return value === written(column, before[name]) ? [] : [{ column, value }];
      });
      return { set: changed.map(({ column }) => `"${column.name}" = ?`).join(', '), values: changed.map(({ value }) => value) };
    },
  };
}

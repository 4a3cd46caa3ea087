import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Level } from '../src/domain/rating.ts';
import type { DeskForTest } from './desk-for-test.ts';

/** Somebody was asked about a unit (its id) in a month (`2026-07`), and rated where a level is given: as it stands once nobody can tell who. */
export function asked(
  connection: Database.Database,
  { unit, month, level, officer = null }: { unit: string; month: string; level?: Level; officer?: string | null },
): void {
  connection
    .prepare("insert into contacts (id, kind, at, officer, unit, asked) values (?, 'case', ?, ?, ?, 'invited')")
    .run(randomUUID(), Date.parse(`${month}-15T04:00:00Z`), officer, unit);
  if (level === undefined) return;
  connection
    .prepare(
      "insert into ratings (id, officer, unit, source, month, level, reasons_version, reasons) values (?, ?, ?, 'invited', ?, ?, 1, '[]')",
    )
    .run(randomUUID(), officer, unit, month, level);
}

/** Five months of ratings: of two teams enough, of the others none, and ten or more of the officer `wangmin`. */
export async function fiveMonths({ store, dataDir }: Pick<DeskForTest, 'store' | 'dataDir'>): Promise<void> {
  const unit = (code: string) => store.catalogue().units.find((one) => one.code === code)?.id ?? '';
  const wangmin = (await store.officers()).find(({ username }) => username === 'wangmin')?.id ?? null;
  const connection = new Database(join(dataDir, 'tiexin.db'));
  const levels: readonly Level[] = [5, 4, 5, 2, 4, 5, 3, 1, 4, 5, 4, 5];
  for (const [nth, month] of ['2026-02', '2026-03', '2026-04', '2026-05', '2026-06'].entries()) {
    for (const level of levels.slice(nth)) asked(connection, { unit: unit('community'), month, level, officer: nth < 2 ? wangmin : null });
    for (const level of levels.slice(2)) asked(connection, { unit: unit('household'), month, level });
    for (let silent = 0; silent < 4; silent += 1) asked(connection, { unit: unit('community'), month });
  }
  connection.close();
}

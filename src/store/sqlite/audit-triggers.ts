import type Database from 'better-sqlite3';

/** The triggers that keep the record as it is; the same words as in the migration that made them. */
export const auditTriggers: Readonly<Record<string, string>> = {
  audit_no_update: "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit-update'); END",
  audit_no_delete: "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit-delete'); END",
  audit_next_only: `CREATE TRIGGER audit_next_only BEFORE INSERT ON audit
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit WHERE chain = NEW.chain)
  OR NEW.prev <> coalesce((SELECT hash FROM audit WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN SELECT RAISE(ABORT, 'audit-order'); END`,
};

/** The first trigger that does not stand as it should; undefined where all do. */
export function missingTrigger(sqlite: Database.Database): string | undefined {
  const standing = new Map(
    sqlite
      .prepare<[], { name: string; sql: string }>("select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'audit'")
      .all()
      .map(({ name, sql }) => [name, tidy(sql)]),
  );
  return Object.entries(auditTriggers).find(([name, sql]) => standing.get(name) !== tidy(sql))?.[0];
}

const tidy = (sql: string): string => sql.replace(/\s+/g, ' ').trim();

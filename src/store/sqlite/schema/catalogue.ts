import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { CaseKind } from '../../../domain/case.ts';
import type { Labels, Topic } from '../../../domain/catalogue.ts';

/** Single facts of the desk: station settings, the catalogue's version, the check of the key. */
export const settings = sqliteTable('settings', { name: text('name').primaryKey(), value: text('value', { mode: 'json' }).notNull() });

export const units = sqliteTable(
  'units',
  {
    id: text('id').primaryKey(),
    code: text('code').notNull(),
    parent: text('parent'),
    kind: text('kind', { enum: ['bureau', 'station', 'team'] }).notNull(),
    inspects: integer('inspects').notNull(),
    labels: text('labels', { mode: 'json' }).$type<Labels>().notNull(),
    validUntil: integer('valid_until'),
  },
  (table) => [uniqueIndex('units_code').on(table.code)],
);

export const areas = sqliteTable(
  'areas',
  {
    id: text('id').primaryKey(),
    code: text('code').notNull(),
    parent: text('parent'),
    unit: text('unit').references(() => units.id),
    labels: text('labels', { mode: 'json' }).$type<Labels>().notNull(),
    validUntil: integer('valid_until'),
  },
  (table) => [uniqueIndex('areas_code').on(table.code)],
);

/** Never deleted: a case keeps code and version. */
export const topics = sqliteTable(
  'topics',
  {
    code: text('code').notNull(),
    version: integer('version').notNull(),
    place: integer('place').notNull(),
    kinds: text('kinds', { mode: 'json' }).$type<readonly CaseKind[]>().notNull(),
    labels: text('labels', { mode: 'json' }).$type<Labels>().notNull(),
    words: text('words', { mode: 'json' }).$type<Topic['words']>().notNull(),
    unit: text('unit').references(() => units.id),
    targets: text('targets', { mode: 'json' }).$type<NonNullable<Topic['targets']>>(),
    domesticViolence: integer('domestic_violence').notNull(),
    validUntil: integer('valid_until'),
  },
  (table) => [primaryKey({ name: 'topics_pk', columns: [table.code, table.version] })],
);

import type { FastifyRequest } from 'fastify';
import { type Catalogue, type Labels, unitById } from '../../domain/catalogue.ts';
import type { Id } from '../../domain/chance.ts';
import type { Officer } from '../../domain/officer.ts';
import type { Deps } from '../deps.ts';
import { localeOf } from '../problem/locale.ts';

/** What every answer is put into words with: one reader's language, the catalogue and the accounts of this moment. */
export interface Reader {
  locale: string;
  catalogue: Catalogue;
  officer(id: Id): Officer | undefined;
  named(username: string): Officer | undefined;
}

/** The reader of one request. */
export async function readerOf(deps: Deps, request: FastifyRequest): Promise<Reader> {
  const officers = await deps.store.officers();
  const byId = new Map(officers.map((officer) => [officer.id, officer]));
  const byName = new Map(officers.map((officer) => [officer.username, officer]));
  return {
    locale: localeOf(request.headers['accept-language'], deps.words.locales, deps.config.defaultLocale),
    catalogue: deps.store.catalogue(),
    officer: (id) => byId.get(id),
    named: (username) => byName.get(username),
  };
}

/** A label in the reader's language, else in Chinese, else the code itself. */
export const labelIn = (labels: Labels, locale: string, code: string): string => labels[locale] ?? labels['zh-CN'] ?? code;

export function unitShown(id: Id, { catalogue, locale }: Reader): { code: string; label: string } {
  const unit = unitById(catalogue, id);
  return { code: unit?.code ?? id, label: unit ? labelIn(unit.labels, locale, unit.code) : id };
}

export function topicShown(code: string | undefined, { catalogue, locale }: Reader): { code: string; label: string } | null {
  if (code === undefined) return null;
  const topic = catalogue.topics.find((one) => one.code === code);
  return { code, label: topic ? labelIn(topic.labels, locale, code) : code };
}

/** ISO 8601 with offset. */
export const iso = (at: number): string => new Date(at).toISOString();

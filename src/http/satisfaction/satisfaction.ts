import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { stationOf } from '../../domain/catalogue.ts';
import type { Cell } from '../../domain/figures/cells.ts';
import type { ExcludedCount, SparedCount } from '../../store/ratings.ts';
import { stillPagePolicy } from '../csp.ts';
import type { Deps } from '../deps.ts';
import { localeOf } from '../problem/locale.ts';
import { figuresCsv, sendCsv } from '../shown/figures-csv.ts';
import { readerOf, unitShown } from '../shown/reader.ts';
import { figureShown } from '../views/figures.ts';
import { satisfactionPage } from './page.ts';

/** Figures change once a month: asked of the store at most so often, however many look. */
const FRESH_MS = 60_000;

/** What residents' ratings say, for everybody: a page without scripts, and the same as CSV. */
export function servePublicFigures(app: FastifyInstance, deps: Deps): void {
  const told = remembered(deps.now, async () => ({
    cells: (await deps.store.ratingFigures()).filter((cell) => cell.figures || isOfStation(cell)),
    excluded: await deps.store.excludedRatings(),
    spared: await deps.store.sparedCases(),
  }));

  // A bureau that serves no residents would be a line without a figure for good.
  const isOfStation = ({ unit }: Cell) => stationOf(deps.store.catalogue(), unit) !== undefined;

  app.get<Asked>('/satisfaction', { schema: { hide: true } }, async (request, reply) => {
    const { cells, excluded, spared } = await told();
    const reader = { ...(await readerOf(deps, request)), locale: languageOf(request) };
    const nonce = randomBytes(16).toString('base64');
    const page = satisfactionPage({
      words: deps.words,
      locale: reader.locale,
      station: reader.catalogue.settings.stationName,
      share: reader.catalogue.settings.ratingShare ?? 100,
      cells: cells.map((cell) => figureShown(cell, reader)),
      excluded: excluded.map((count) => ({ ...count, unit: unitShown(count.unit, reader) })),
      spared: spared.map((count) => ({ ...count, unit: unitShown(count.unit, reader) })),
      ...(typeof request.query.period === 'string' && { asked: request.query.period }),
      nonce,
    });
    return reply
      .header('content-security-policy', stillPagePolicy(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(page);
  });

  app.get<Asked>('/satisfaction.csv', { schema: { hide: true } }, async (request, reply) => {
    const reader = { ...(await readerOf(deps, request)), locale: languageOf(request) };
    const { cells } = await told();
    return sendCsv(reply, figuresCsv(cells.map((cell) => figureShown(cell, reader))));
  });

  const languageOf = ({ query, headers }: FastifyRequest<Asked>): string =>
    deps.words.locales.find((locale) => locale === query.lang) ??
    localeOf(headers['accept-language'], deps.words.locales, deps.config.defaultLocale);
}

/** Repeated in an address, a parameter is a list: then it is none. */
interface Asked {
  Querystring: { lang?: unknown; period?: unknown };
}

interface Told {
  cells: readonly Cell[];
  excluded: readonly ExcludedCount[];
  spared: readonly SparedCount[];
}

/** Asks again once the last answer is old, or failed. */
function remembered(now: () => number, ask: () => Promise<Told>): () => Promise<Told> {
  let last: { at: number; told: Promise<Told> } | undefined;
  return () => {
    if (last && now() - last.at < FRESH_MS) return last.told;
    const told = ask();
    last = { at: now(), told };
    told.catch(() => {
      last = undefined;
    });
    return told;
  };
}

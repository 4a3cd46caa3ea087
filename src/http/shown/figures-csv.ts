import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import type { FigureView } from '../views/figures.ts';

type Part = NonNullable<FigureView['figures']>['satisfied'];

/**
 * One line a unit and period, RFC 4180 with a byte order mark, since spreadsheets take Chinese for anything else without one.
 * Shares are 0 to 1. A unit's name can't become a formula. Hidden figures are empty.
 */
export const figuresCsv = (figures: readonly FigureView[]): string =>
  stringify(figures.map(lineOf), { header: true, columns: [...columns], bom: true, record_delimiter: 'windows', escape_formulas: true });

/** A CSV to be saved, not shown. */
export const sendCsv = (reply: FastifyReply, csv: string): FastifyReply =>
  reply.type('text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="satisfaction.csv"').send(csv);

const columns = [
  'source',
  'period',
  'unit',
  'name',
  'part',
  'ratings',
  ...['satisfied', 'acceptable', 'unanswered'].flatMap((part) => [part, `${part}_share`, `${part}_from`, `${part}_to`]),
  'invited',
  'bayesian_mean',
] as const;

function lineOf({ source, period, unit, part, figures }: FigureView): Record<string, string | number> {
  const about = { source, period, unit: unit.code, name: unit.label, part };
  if (!figures) return about;
  return {
    ...about,
    ratings: figures.n,
    ...partOf('satisfied', figures.satisfied),
    ...partOf('acceptable', figures.acceptable),
    ...(figures.unanswered && partOf('unanswered', figures.unanswered)),
    invited: figures.invited,
    ...(figures.bayesianMean !== null && { bayesian_mean: rounded(figures.bayesianMean) }),
  };
}

const partOf = (name: string, { count, share, from, to }: Part): Record<string, number> => ({
  [name]: count,
  [`${name}_share`]: rounded(share),
  [`${name}_from`]: rounded(from),
  [`${name}_to`]: rounded(to),
});

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

import { sources } from '../../domain/rating.ts';
import type { Spoken } from '../deps.ts';
import { type Html, html } from '../html.ts';
import type { FigureView } from '../views/figures.ts';
import type { ExcludedView } from '../views/rating.ts';
import { style } from './style.ts';

interface Shown {
  words: Spoken;
  locale: string;
  station: string;
  /** Of a hundred, how many are asked. */
  share: number;
  cells: readonly FigureView[];
  excluded: readonly ExcludedView[];
  spared: readonly (Pick<ExcludedView, 'unit' | 'year' | 'count'> & { why: string })[];
  /** The month or year in the address. */
  asked?: string;
  nonce: string;
}

type Share = NonNullable<FigureView['figures']>['satisfied'];
type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** What residents' ratings say, in one page: chosen period, way of asking by way of asking, then month by month. Never ranked. */
export function satisfactionPage({ words, locale, station, share, cells, excluded, spared, asked, nonce }: Shown): string {
  const say: Say = (key, values) => words.t(`satisfaction:${key}`, locale, values);
  const periods = [...new Set(cells.filter(({ figures }) => figures).map(({ period }) => period))].sort().reverse();
  const period = periods.find((one) => one === asked) ?? periods[0];
  const name = station || say('anyStation');
  return `<!doctype html>${
    html`<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say('title')} · ${name}</title>
<style nonce="${nonce}">${{ html: style }}</style>
</head>
<body>
<header>
<p class="station">${name}</p>
<nav aria-label="${say('languages')}">${words.locales
      .filter((one) => one !== locale)
      .map(
        (one) => html`<a href="${addressOf(one, period)}" lang="${one}" hreflang="${one}">${words.t('satisfaction:language', one)}</a> `,
      )}<a href="/">${say('toChat')}</a></nav>
</header>
<main>
<h1>${say('title')}</h1>
<p>${share < 100 ? say('leadShare', { share }) : say('lead')}</p>
${period === undefined ? html`<p class="none"><b>${say('none')}</b><br>${say('noneWhy')}</p>` : figuresOf(cells, periods, period, locale, say)}
${countedOut(
  'excluded',
  excluded.map((one) => ({ ...one, why: one.category })),
  say,
)}
${countedOut('spared', spared, say)}
<section>
<h2>${say('how.title')}</h2>
<ul>${['satisfied', 'acceptable', 'range', 'asked', 'hidden', 'apart', 'mean'].map((one) => html`<li>${say(`how.${one}`)}</li>`)}</ul>
<p><a href="/satisfaction.csv?lang=${locale}">${say('csv')}</a></p>
</section>
</main>
</body>
</html>`.html
  }`;
}

function figuresOf(cells: readonly FigureView[], periods: readonly string[], period: string, locale: string, say: Say): Html {
  const now = cells.filter((cell) => cell.period === period);
  const told = sources.filter((source) => now.some((cell) => cell.source === source && cell.figures));
  return html`<nav class="periods" aria-label="${say('periods')}">${periods.map(
    (one) =>
      html`<a href="${addressOf(locale, one)}"${one === period ? { html: ' aria-current="page"' } : undefined}>${dateIn(one, locale)}</a> `,
  )}</nav>
${told.map((source) => {
  const about = { title: say(`source.${source}.title`), about: say(`source.${source}.about`), first: say('column.unit'), compare: true };
  const name = ({ part, unit }: FigureView) => (part === 'own' ? say('own', { unit: unit.label }) : unit.label);
  return table({ ...about, rows: now.filter((cell) => cell.source === source).map((cell) => [name(cell), cell]) }, locale, say);
})}
${wholesOf(cells).map(([unit, months]) => {
  const about = { title: say('trend.title', { unit }), about: say('trend.about'), first: say('column.month'), compare: false };
  return table({ ...about, rows: months.map((cell) => [dateIn(cell.period, locale), cell]) }, locale, say);
})}`;
}

/** Each station as a whole over the last twelve months, those the system asked; only where there is something to show. */
function wholesOf(cells: readonly FigureView[]): [unit: string, months: FigureView[]][] {
  const monthly = cells.filter(({ part, source, period }) => part === 'whole' && source === 'invited' && period.includes('-'));
  const withTeams = new Set(cells.filter(({ part }) => part === 'own').map(({ unit }) => unit.code));
  return [...withTeams].flatMap((code) => {
    const months = monthly.filter(({ unit }) => unit.code === code).sort((a, b) => b.period.localeCompare(a.period));
    const last = months.slice(0, 12);
    return last[0] && last.some(({ figures }) => figures) ? [[last[0].unit.label, last] as [string, FigureView[]]] : [];
  });
}

interface Table {
  title: string;
  about: string;
  first: string;
  rows: readonly (readonly [name: string, cell: FigureView])[];
  /** Whether units of unlike size stand in it. */
  compare: boolean;
}

/** A line each for a unit or a month. */
function table({ title, about, first, rows, compare }: Table, locale: string, say: Say): Html {
  const [satisfied, acceptable, answered, mean] = ['satisfied', 'acceptable', 'answered', 'mean'].map((one) => say(`column.${one}`));
  return html`<section>
<h2>${title}</h2>
<p class="quiet">${about}</p>
<table>
<thead><tr><th scope="col">${first}</th><th scope="col">${satisfied}</th><th scope="col">${acceptable}</th><th scope="col">${answered}</th>${compare ? html`<th scope="col">${mean}</th>` : undefined}</tr></thead>
<tbody>${rows.map(([name, { figures }]) =>
    figures
      ? html`<tr><th scope="row">${name}</th><td data-label="${satisfied}">${shareIn(figures.satisfied, figures.n, locale, say)}</td><td data-label="${acceptable}">${shareIn(figures.acceptable, figures.n, locale, say)}</td><td data-label="${answered}">${
          figures.unanswered
            ? say('answered', { n: figures.n, invited: figures.invited, silent: percent(figures.unanswered.share, locale) })
            : say('ratings', { n: figures.n })
        }</td>${compare ? html`<td data-label="${mean}">${figures.bayesianMean?.toFixed(1) ?? '–'}</td>` : undefined}</tr>`
      : html`<tr><th scope="row">${name}</th><td class="quiet" colspan="${compare ? 4 : 3}">${say('hidden')}</td></tr>`,
  )}</tbody>
</table>
</section>`;
}

/** A share and the interval its true value lies in, as a bar and in words. */
const shareIn = ({ share, count, from, to }: Share, of: number, locale: string, say: Say): Html =>
  html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/><rect class="range" x="${from * 100}" width="${Math.max(1, (to - from) * 100)}" height="10"/><rect class="value" x="${Math.max(0, share * 100 - 2)}" width="2" height="10"/></svg><b>${percent(share, locale)}</b> <span class="quiet">${say('share', { count, of, from: percent(from, locale), to: percent(to, locale) })}</span>`;

/** What is missing in the figures, and how often. */
const countedOut = (name: 'excluded' | 'spared', counts: Shown['spared'], say: Say): Html => html`<section>
<h2>${say(`${name}.title`)}</h2>
<p class="quiet">${say(`${name}.about`)}</p>
${
  counts.length === 0
    ? html`<p>${say(`${name}.none`)}</p>`
    : html`<ul>${counts.map(
        ({ unit, year, why, count }) =>
          html`<li>${say(`${name}.line`, { year, unit: unit.label, why: say(`${name}.why.${why}`), count })}</li>`,
      )}</ul>`
}
</section>`;

const percent = (share: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);

/** `2026-07` or `2026` as one says it. */
function dateIn(period: string, locale: string): string {
  const [year, month] = period.split('-').map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1));
  return new Intl.DateTimeFormat(locale, { year: 'numeric', ...(month && { month: 'long' }), timeZone: 'UTC' }).format(date);
}

const addressOf = (locale: string, period: string | undefined): string =>
  `/satisfaction?${new URLSearchParams({ lang: locale, ...(period !== undefined && { period }) })}`;

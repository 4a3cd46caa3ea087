import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import type { FigureView } from '../../http/views/figures.ts';
import { useWords } from '../words/words.ts';
import { periodShown } from './period.ts';
import { ShareBar } from './share.tsx';

use([LineChart, GridComponent, AriaComponent, SVGRenderer]);

/** One unit's satisfied share month by month, with the interval as a band; a hidden month is a gap. Below it the same as a table. */
export function Trend({ cells }: { cells: readonly FigureView[] }) {
  const { say, language } = useWords();
  const place = useRef<HTMLDivElement>(null);
  const months = cells.filter(({ period }) => period.includes('-')).toSorted((a, b) => a.period.localeCompare(b.period));
  const drawn = JSON.stringify(months.map(({ period, figures }) => [period, figures?.satisfied]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn is compared by what it says, not by its place in memory
  useEffect(() => {
    if (!place.current) return;
    const chart = init(place.current, undefined, { renderer: 'svg' });
    const of = (value: (share: NonNullable<FigureView['figures']>['satisfied']) => number) =>
      months.map(({ figures }) => (figures ? Math.round(value(figures.satisfied) * 1000) / 10 : null));
    const band = { type: 'line' as const, stack: 'band', symbol: 'none', lineStyle: { opacity: 0 }, silent: true };
    chart.setOption({
      animation: false,
      aria: { enabled: true, description: say('figures.chart') },
      grid: { left: 48, right: 16, top: 16, bottom: 32 },
      xAxis: { type: 'category', data: months.map(({ period }) => periodShown(period, language)) },
      yAxis: { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value}%' } },
      series: [
        { ...band, data: of(({ from }) => from) },
        { ...band, data: of(({ from, to }) => to - from), areaStyle: { color: '#14507a', opacity: 0.15 } },
        { type: 'line', data: of(({ share }) => share), symbolSize: 8, color: '#14507a' },
      ],
    });
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(place.current);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, [drawn, language]);
  return (
    <>
      <div ref={place} className="chart" />
      <table className="figure-table">
        <caption>{say('figures.chart')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('figures.period')}</th>
            <th scope="col">{say('figures.satisfied')}</th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ period, figures }) => (
            <tr key={period}>
              <th scope="row">{periodShown(period, language)}</th>
              <td>{figures ? <ShareBar share={figures.satisfied} of={figures.n} /> : say('figures.hidden')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

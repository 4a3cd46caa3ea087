import { Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { FigureView } from '../../http/views/figures.ts';
import { useFigures } from '../api/figures.ts';
import { FailedPage, Loading, Nothing } from '../frame/states.tsx';
import { useWide } from '../frame/wide.ts';
import { useWords } from '../words/words.ts';
import { periodShown } from './period.ts';
import { ShareBar, Shares } from './share.tsx';
import { Trend } from './trend.tsx';

/** One month or year of all units in reach, and how one of them went over the months. In the order of the tree: never ranked. */
export function UnitFigures() {
  const { say, language } = useWords();
  const all = useFigures(true);
  const [asked, setAsked] = useState<{ period?: string; unit?: string }>({});
  const wide = useWide(900);
  if (all.isPending) return <Loading />;
  if (all.isError) return <FailedPage error={all.error} again={() => void all.refetch()} />;
  const cells = all.data.filter(({ source, figures }) => source === 'invited' || figures);
  const periods = [...new Set(cells.map((cell) => cell.period))].sort().reverse();
  const period = asked.period ?? periods.find((one) => one.includes('-'));
  if (period === undefined) return <Nothing title={say('figures.none')} />;
  const rows = cells
    .filter((cell) => cell.period === period)
    .map((cell) => ({ ...cell, place: `${cell.source}/${cell.unit.code}/${cell.part}` }));
  const units = rows.filter(({ part }) => part === 'whole').map(({ unit }) => ({ value: unit.code, label: unit.label }));
  const unit = asked.unit ?? units[0]?.value ?? '';
  return (
    <>
      <p className="figure-choice">
        <Select
          aria-label={say('figures.period')}
          value={period}
          options={periods.map((one) => ({ value: one, label: periodShown(one, language) }))}
          onChange={(chosen) => setAsked({ ...asked, period: chosen })}
        />
      </p>
      {wide ? (
        <Table rowKey="place" columns={columns(say)} dataSource={rows} pagination={false} />
      ) : (
        <ul className="plain cards">
          {rows.map((row) => (
            <li key={row.place} className="card">
              <p>
                <b>{nameOf(row, say)}</b>
              </p>
              {row.figures ? (
                <>
                  <Shares {...row.figures} />
                  <p className="quiet">{answered(row.figures, say)}</p>
                </>
              ) : (
                <p className="quiet">{say('figures.hidden')}</p>
              )}
            </li>
          ))}
        </ul>
      )}
      <h2>{say('figures.trend')}</h2>
      <p className="figure-choice">
        <Select
          aria-label={say('figures.column.unit')}
          value={unit}
          options={units}
          onChange={(chosen) => setAsked({ ...asked, unit: chosen })}
        />
      </p>
      <Trend cells={cells.filter((cell) => cell.unit.code === unit && cell.part === 'whole' && cell.source === 'invited')} />
    </>
  );
}

type Row = FigureView & { place: string };
type Say = ReturnType<typeof useWords>['say'];

const nameOf = ({ unit, part, source }: FigureView, say: Say): string => {
  const name = part === 'own' ? say('figures.ownPart', { unit: unit.label }) : unit.label;
  return source === 'invited' ? name : say(`figures.source.${source}`, { unit: name });
};

const columns = (say: Say): TableColumnsType<Row> => [
  { key: 'unit', title: say('figures.column.unit'), width: 200, render: (_, row) => nameOf(row, say) },
  {
    key: 'satisfied',
    title: say('figures.satisfied'),
    render: (_, { figures }) =>
      figures ? <ShareBar share={figures.satisfied} of={figures.n} /> : <span className="quiet">{say('figures.hidden')}</span>,
  },
  {
    key: 'acceptable',
    title: say('figures.acceptable'),
    render: (_, { figures }) => figures && <ShareBar share={figures.acceptable} of={figures.n} />,
  },
  { key: 'answered', title: say('figures.column.answered'), width: 180, render: (_, { figures }) => figures && answered(figures, say) },
  {
    key: 'mean',
    title: say('figures.column.mean'),
    width: 140,
    render: (_, { figures }) => figures?.bayesianMean?.toFixed(1),
  },
];

/** How many answered of those asked: silence is said beside every figure. */
const answered = ({ n, invited }: NonNullable<FigureView['figures']>, say: Say): string =>
  invited > 0 ? say('figures.answered', { n, invited }) : say('figures.ratings', { n });

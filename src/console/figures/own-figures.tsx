import { useOwnFigures } from '../api/figures.ts';
import { FailedPage, Loading } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';
import { monthsShown } from './period.ts';
import { Shares } from './share.tsx';

/** One's own ratings, ten or more together: never one that somebody could be recognized by. */
export function OwnFigures() {
  const { say, language } = useWords();
  const own = useOwnFigures(true);
  return (
    <>
      <h2>{say('figures.own')}</h2>
      {own.isPending && <Loading />}
      {own.isError && <FailedPage error={own.error} again={() => void own.refetch()} />}
      {own.data?.length === 0 && <p>{say('figures.ownNone')}</p>}
      <ul className="plain cards">
        {own.data?.toReversed().map(({ from, to, n, satisfied, acceptable }) => (
          <li key={from} className="card">
            <p>
              <b>{monthsShown(from, to, language)}</b> <span className="quiet">{say('figures.ratings', { n })}</span>
            </p>
            <Shares n={n} satisfied={satisfied} acceptable={acceptable} />
          </li>
        ))}
      </ul>
    </>
  );
}

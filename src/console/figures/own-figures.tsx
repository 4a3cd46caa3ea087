import { useOwnFigures } from '../api/figures.ts';
import { FailedPage, Loading } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';
import { OwnReply } from './own-reply.tsx';
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
        {own.data?.toReversed().map((figure) => (
          <li key={figure.from} className="card">
            <p>
              <b>{monthsShown(figure.from, figure.to, language)}</b>{' '}
              <span className="quiet">{say('figures.ratings', { n: figure.n })}</span>
            </p>
            <Shares n={figure.n} satisfied={figure.satisfied} acceptable={figure.acceptable} />
            <OwnReply figure={figure} />
          </li>
        ))}
      </ul>
    </>
  );
}

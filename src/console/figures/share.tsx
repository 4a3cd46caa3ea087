import type { FigureView } from '../../http/views/figures.ts';
import { useWords } from '../words/words.ts';

type Share = NonNullable<FigureView['figures']>['satisfied'];

/** Both shares of the same ratings. */
export function Shares({ n, satisfied, acceptable }: { n: number; satisfied: Share; acceptable: Share }) {
  const { say } = useWords();
  return (
    <>
      <p className="figure-line">
        {say('figures.satisfied')} <ShareBar share={satisfied} of={n} />
      </p>
      <p className="figure-line">
        {say('figures.acceptable')} <ShareBar share={acceptable} of={n} />
      </p>
    </>
  );
}

/** A share with the interval its true value lies in, as a bar and in words. */
export function ShareBar({ share, of }: { share: Share; of: number }) {
  const { say, language } = useWords();
  const percent = (value: number) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(value);
  return (
    <span className="share">
      <svg className="share-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect className="share-track" width="100" height="10" />
        <rect className="share-range" x={share.from * 100} width={Math.max(1, (share.to - share.from) * 100)} height="10" />
        <rect className="share-value" x={Math.min(98, share.share * 100 - 1)} width="2" height="10" />
      </svg>
      <span>
        <b>{percent(share.share)}</b>{' '}
        <span className="quiet">{say('figures.share', { count: share.count, of, from: percent(share.from), to: percent(share.to) })}</span>
      </span>
    </span>
  );
}

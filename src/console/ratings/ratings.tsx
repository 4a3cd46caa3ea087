import type { RatingView } from '../../http/views/rating.ts';
import { Listing } from '../frame/listing.tsx';
import { hasWords, useWords } from '../words/words.ts';
import { Counted } from './counted.tsx';

/** Residents' ratings as they were given: without a name, a conversation or a day. */
export default function Ratings() {
  const { say } = useWords();
  const level = (rating: RatingView) => (
    <span className={rating.level <= 2 ? 'rating rating-low' : 'rating'}>{say(`rating.level.${rating.level}`)}</span>
  );
  const reason = (code: string) => (hasWords(`rating.reason.${code}`) ? say(`rating.reason.${code}`) : code);
  const said = (rating: RatingView) => (
    <>
      {rating.comment && <p className="message-text">{rating.comment}</p>}
      {rating.burst && <p className="rating rating-low">{say('rating.burst')}</p>}
      {rating.source !== 'invited' && <p className="quiet">{say(`rating.source.${rating.source}`)}</p>}
      <p className="quiet">{rating.reasons.map(reason).join(say('list.comma')) || (rating.comment ? '' : say('rating.noWords'))}</p>
    </>
  );
  return (
    <Listing<RatingView>
      title={say('rating.title')}
      help={say('rating.help')}
      name="ratings"
      empty={say('rating.empty')}
      columns={[
        { key: 'level', title: say('rating.column.level'), width: 160, render: (_, rating) => level(rating) },
        { key: 'said', title: say('rating.column.said'), render: (_, rating) => said(rating) },
        { key: 'unit', title: say('rating.column.unit'), width: 180, render: (_, rating) => rating.unit.label },
        {
          key: 'topic',
          title: say('rating.column.topic'),
          width: 160,
          render: (_, rating) => rating.topic?.label ?? say('rating.noTopic'),
        },
        { key: 'month', title: say('rating.column.month'), width: 120, dataIndex: 'month' },
        { key: 'counted', title: say('rating.column.counted'), width: 220, render: (_, rating) => <Counted rating={rating} /> },
      ]}
      card={(rating) => (
        <>
          <div className="card-line">
            {level(rating)}
            <span className="quiet">{rating.month}</span>
          </div>
          {said(rating)}
          <p className="quiet">{[rating.unit.label, rating.topic?.label].filter(Boolean).join(' · ')}</p>
          <Counted rating={rating} />
        </>
      )}
    />
  );
}

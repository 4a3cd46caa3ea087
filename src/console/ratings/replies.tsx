import type { ReplyView } from '../../http/views/figures.ts';
import { monthsShown } from '../figures/period.ts';
import { Listing } from '../frame/listing.tsx';
import { useWords } from '../words/words.ts';
import { Appeal } from './appeal.tsx';

/** What officers say to ratings of theirs, for inspection. */
export default function Replies() {
  const { say, language } = useWords();
  const months = ({ from, to }: ReplyView) => monthsShown(from, to, language);
  const who = ({ by, unit }: ReplyView) => (
    <>
      {by?.publicName ?? ''} <span className="quiet">{unit.label}</span>
    </>
  );
  return (
    <Listing<ReplyView>
      title={say('reply.list.title')}
      help={say('reply.list.help')}
      name="ratings/replies"
      empty={say('reply.list.empty')}
      columns={[
        { key: 'by', title: say('reply.list.by'), width: 200, render: (_, reply) => who(reply) },
        { key: 'months', title: say('reply.list.months'), width: 200, render: (_, reply) => months(reply) },
        { key: 'text', title: say('reply.list.text'), render: (_, reply) => <p className="message-text">{reply.text}</p> },
        { key: 'appeal', title: say('reply.list.appeal'), width: 280, render: (_, reply) => <Appeal reply={reply} /> },
      ]}
      card={(reply) => (
        <>
          <div className="card-line">
            <span>{who(reply)}</span>
            <span className="quiet">{months(reply)}</span>
          </div>
          <p className="message-text">{reply.text}</p>
          <Appeal reply={reply} />
        </>
      )}
    />
  );
}

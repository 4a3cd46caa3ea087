import { Link } from 'wouter';
import type { DeliveryLineView } from '../../http/views/delivery.ts';
import { Listing } from '../frame/listing.tsx';
import { deliveryWords } from '../words/delivery-words.ts';
import { useNow } from '../words/now.ts';
import { shownReference } from '../words/reference.ts';
import { hasWords, useWords } from '../words/words.ts';

/** Words that their resident does not have yet, across all cases in reach: what nobody opens a case for would else go unseen. */
export default function Deliveries() {
  const { say, language } = useWords();
  const now = useNow();
  const state = (line: DeliveryLineView) => (
    <span className={`delivery delivery-${line.state}`}>{deliveryWords(line, line.from, { say, now, language })}</span>
  );
  const file = (line: DeliveryLineView) => (
    <Link href={`/cases/${line.reference}`} className="reference" data-row={line.reference}>
      {shownReference(line.reference)}
    </Link>
  );
  const from = (line: DeliveryLineView) => say(line.from === 'bot' ? 'message.bot' : 'message.officer');
  const channel = ({ channel: name }: DeliveryLineView) => {
    if (name === null) return say('channel.none');
    return hasWords(`channel.${name}`) ? say(`channel.${name}`) : name;
  };
  return (
    <Listing<DeliveryLineView>
      title={say('undelivered.title')}
      help={say('undelivered.help')}
      name="deliveries"
      empty={say('undelivered.empty')}
      columns={[
        { key: 'case', title: say('undelivered.column.case'), width: 180, render: (_, line) => file(line) },
        { key: 'state', title: say('undelivered.column.state'), render: (_, line) => state(line) },
        { key: 'from', title: say('undelivered.column.from'), width: 180, render: (_, line) => from(line) },
        { key: 'channel', title: say('undelivered.column.channel'), width: 180, render: (_, line) => channel(line) },
      ]}
      card={(line) => (
        <>
          <p>{file(line)}</p>
          <p>{state(line)}</p>
          <p className="quiet">{[from(line), channel(line)].join(' · ')}</p>
        </>
      )}
    />
  );
}

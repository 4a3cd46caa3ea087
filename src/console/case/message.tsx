import type { CaseView, MessageView } from '../../http/views/case.ts';
import { clockTime } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import { Delivery } from './delivery.tsx';
import { Photos } from './photos.tsx';

/** Earlier wordings of a message that its writer changed. */
function Edits({ edits }: { edits: readonly string[] }) {
  const { say } = useWords();
  if (edits.length === 0) return null;
  return (
    <details className="edits">
      <summary>{say('message.edited')}</summary>
      <ol>
        {edits.map((text, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: earlier wordings never move
          <li key={index}>{text}</li>
        ))}
      </ol>
    </details>
  );
}

/** Who said it, what, when, and for our own words what became of them. */
export function Message({ message, file, now }: { message: MessageView; file: CaseView; now: Date }) {
  const { say, language } = useWords();
  const by = {
    resident: say('case.residentName', { alias: file.resident.alias }),
    bot: say('message.bot'),
    officer: message.signature ?? say('message.officer'),
  }[message.from];
  // A person's words are worth another way; what the bot said is said again by itself.
  const advice = message.from === 'officer' ? say(file.resident.hasContact ? 'delivery.try.contact' : 'delivery.try.noContact') : undefined;
  return (
    <div className={`message message-${message.from}`}>
      <p className="message-by">
        <span>{by}</span> <time dateTime={message.at}>{clockTime(message.at, language)}</time>
      </p>
      <div className="bubble">
        {message.text && <p className="message-text">{message.text}</p>}
        <Photos media={message.media} />
        <Edits edits={message.edits} />
      </div>
      {message.delivery && <Delivery delivery={message.delivery} from={message.from} advice={advice} now={now} />}
    </div>
  );
}

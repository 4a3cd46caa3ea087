import type { CaseLineView } from '../../http/views/case.ts';
import { DueMark } from '../due/due-mark.tsx';
import { KindAndTopic, Owner, ReferenceLink, Status, Summary, Trouble } from './line.tsx';

/** The queue on a phone: a card a case, pressed anywhere. */
export function QueueCards({ lines, now }: { lines: readonly CaseLineView[]; now: Date }) {
  return (
    <ul className="plain cards">
      {lines.map((line) => (
        <li key={line.reference} className="card">
          <div className="card-line">
            <DueMark due={line.due} now={now} />
            <Status line={line} />
          </div>
          <p className="card-summary">
            <Summary line={line} />
          </p>
          <div className="card-line">
            <KindAndTopic line={line} />
            <Owner line={line} />
          </div>
          <div className="card-line">
            <ReferenceLink line={line} />
            <Trouble line={line} />
          </div>
        </li>
      ))}
    </ul>
  );
}

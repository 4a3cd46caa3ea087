import type { AuditView } from '../../http/views/audit.ts';
import { Listing } from '../frame/listing.tsx';
import { useNow } from '../words/now.ts';
import { isReference, shownReference } from '../words/reference.ts';
import { shortTime } from '../words/time.ts';
import { hasWords, useWords } from '../words/words.ts';

/** Who did what, in the order of the chain; never what was said. */
export default function Audit() {
  const { say, language } = useWords();
  const now = useNow();
  const verb = ({ verb: code }: AuditView) => (hasWords(`audit.verb.${code}`) ? say(`audit.verb.${code}`) : code);
  const by = ({ by: who }: AuditView) => (hasWords(`event.by.${who}`) ? say(`event.by.${who}`) : who);
  const subject = ({ subject: codes }: AuditView) =>
    codes
      .split(' ')
      .map((code) => (hasWords(`audit.subject.${code}`) ? say(`audit.subject.${code}`) : isReference(code) ? shownReference(code) : code))
      .join(say('list.comma'));
  return (
    <Listing<AuditView>
      title={say('audit.title')}
      help={say('audit.help')}
      name="audit"
      empty={say('audit.empty')}
      columns={[
        { key: 'at', title: say('audit.column.at'), width: 200, render: (_, entry) => shortTime(entry.at, now, language) },
        { key: 'by', title: say('audit.column.by'), width: 200, render: (_, entry) => by(entry) },
        { key: 'verb', title: say('audit.column.verb'), render: (_, entry) => verb(entry) },
        { key: 'subject', title: say('audit.column.subject'), className: 'breaks', render: (_, entry) => subject(entry) },
      ]}
      card={(entry) => (
        <>
          <p>
            <strong>{verb(entry)}</strong>
          </p>
          <p className="breaks">{subject(entry)}</p>
          <p className="quiet">{[by(entry), shortTime(entry.at, now, language)].join(' · ')}</p>
        </>
      )}
    />
  );
}

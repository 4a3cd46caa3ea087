import { Alert } from 'antd';
import { useState } from 'react';
import { useOfficer } from '../api/session.ts';
import { useNow } from '../words/now.ts';
import { shortTime } from '../words/time.ts';
import { hasWords, useWords } from '../words/words.ts';

/** What was done to inspectors' accounts since an inspector last signed in: none of it goes unseen. */
export function InspectorChanges() {
  const { say, language } = useWords();
  const { inspectorChanges } = useOfficer();
  const now = useNow();
  const [seen, setSeen] = useState(false);
  if (seen || inspectorChanges.length === 0) return null;
  return (
    <div className="band">
      <Alert
        type="warning"
        showIcon
        closable={{ closeIcon: true, 'aria-label': say('frame.close'), onClose: () => setSeen(true) }}
        title={say('frame.inspectorChanges')}
        description={
          <ul className="plain">
            {inspectorChanges.map((change) => (
              <li key={`${change.at}${change.verb}${change.subject}`}>
                {say('frame.inspectorChange', {
                  at: shortTime(change.at, now, language),
                  what: hasWords(`audit.verb.${change.verb}`) ? say(`audit.verb.${change.verb}`) : change.verb,
                  subject: change.subject,
                  by: hasWords(`event.by.${change.by}`) ? say(`event.by.${change.by}`) : change.by,
                })}
              </li>
            ))}
          </ul>
        }
      />
    </div>
  );
}

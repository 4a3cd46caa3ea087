import { Alert, Button } from 'antd';
import { Link } from 'wouter';
import type { Made } from '../api/cases.ts';
import { useOfficer } from '../api/session.ts';
import { Once } from '../frame/once.tsx';
import { shownReference } from '../words/reference.ts';
import { useWords } from '../words/words.ts';

/** The resident's two keys to the case, to be written down for them before this page is left. */
export function CaseMade({ made, another }: { made: Made; another: () => void }) {
  const { say } = useWords();
  const { officer } = useOfficer();
  return (
    <div className="stack">
      <Alert type="success" showIcon title={say('newCase.made', { reference: shownReference(made.reference) })} />
      <Once label={say('newCase.reference')} secret={shownReference(made.reference)} />
      {made.code && <Once label={say('newCase.code')} secret={shownReference(made.code)} />}
      <p>{say(made.code ? 'newCase.handOver' : 'newCase.noCode')}</p>
      <div className="row">
        <Button type="primary" onClick={another}>
          {say('newCase.another')}
        </Button>
        {officer.role !== 'administrator' && <Link href={`/cases/${made.reference}`}>{say('newCase.open')}</Link>}
      </div>
    </div>
  );
}

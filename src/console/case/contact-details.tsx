import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { CaseView } from '../../http/views/case.ts';
import { openContact } from '../api/cases.ts';
import { FailedNote } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';
import { Panel } from './panel.tsx';

/** Name, phone, how to reach: sealed until asked for, and each asking is on record. */
export function ContactDetails({ file }: { file: CaseView }) {
  const { say } = useWords();
  const [warned, setWarned] = useState(false);
  const opening = useMutation({ mutationFn: () => openContact(file.reference), gcTime: 0 });
  if (!file.resident.hasContact)
    return (
      <Panel title={say('contact.title')}>
        <p className="quiet">{say('contact.none')}</p>
      </Panel>
    );
  const { data } = opening;
  return (
    <Panel title={say('contact.title')}>
      {data && (
        <dl className="facts">
          {(['name', 'phone', 'reach'] as const).map((field) => (
            <div key={field}>
              <dt>{say(`contact.${field}`)}</dt>
              <dd>
                {field === 'phone' && data.phone ? <a href={`tel:${data.phone}`}>{data.phone}</a> : (data[field] ?? say('contact.empty'))}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {!data && !file.may.includes('open-contact') && <p className="quiet">{say('contact.notYours')}</p>}
      {!data && file.may.includes('open-contact') && !warned && <Button onClick={() => setWarned(true)}>{say('contact.open')}</Button>}
      {!data && warned && (
        <Alert
          type="warning"
          showIcon
          title={say('contact.warning')}
          description={
            <div className="row">
              <Button type="primary" loading={opening.isPending} onClick={() => opening.mutate()}>
                {say('contact.openAnyway')}
              </Button>
              <Button onClick={() => setWarned(false)}>{say('act.cancel')}</Button>
            </div>
          }
        />
      )}
      {opening.isError && <FailedNote error={opening.error} />}
    </Panel>
  );
}

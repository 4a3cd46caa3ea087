import { DownOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { CaseView } from '../../http/views/case.ts';
import { put } from '../api/cases.ts';
import { useOfficers } from '../api/officers.ts';
import { useOfficer } from '../api/session.ts';
import { FailedNote } from '../frame/states.tsx';
import { lastQueue } from '../queue/asked.ts';
import { useWords } from '../words/words.ts';
import { ActDialog } from './act-dialog.tsx';
import { type ActName, askingOf } from './asking.ts';
import { ChangedSince } from './changed-since.tsx';
import { useCaseWrite } from './write.ts';

/** Done with one press, no words needed. */
type AtOnce = 'accept' | 'take';

const rare: readonly ActName[] = [
  'verify',
  'plan',
  'meet',
  'assign',
  'hand-back',
  'refuse',
  'close',
  'reopen',
  'withdraw',
  'spare',
  'pass-to-inspection',
];

/** What this officer may do to this case now, and nothing else. */
export function Acts({ file }: { file: CaseView }) {
  const { say } = useWords();
  const { officer } = useOfficer();
  const { message } = App.useApp();
  const [, go] = useLocation();
  const [asked, setAsked] = useState<ActName>();
  const { data: officers = [] } = useOfficers(file.may.includes('assign'));
  const atOnce = useCaseWrite<AtOnce>(
    file,
    (act, under) =>
      act === 'accept'
        ? put(file.reference, 'acceptance', { accepted: true }, under)
        : put(file.reference, 'assignee', { username: officer.username }, under),
    { done: () => void message.success(say('act.done')) },
  );
  const more = rare.filter((act) => file.may.includes(act));
  const asking = asked && askingOf(asked, { file, say, role: officer.role, officers: officers.filter(({ disabled }) => !disabled) });
  const done = () => {
    setAsked(undefined);
    void message.success(say('act.done'));
    if (asking?.leaves) go(lastQueue());
  };
  // Who accepts a case owns it: one button says both.
  const first = (['accept', 'take'] as const).find((act) => file.may.includes(act));
  if (!first && more.length === 0) return null;
  return (
    <div className="acts">
      {first && (
        <Button type="primary" loading={atOnce.busy} onClick={() => atOnce.send(first)}>
          {say(`act.${first}.do`)}
        </Button>
      )}
      {more.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: more.map((act) => ({
              key: act,
              label: say(`act.menu.${act}`),
              danger: act === 'pass-to-inspection',
              onClick: () => setAsked(act),
            })),
          }}
        >
          <Button aria-haspopup="menu">
            {say('act.more')} <DownOutlined aria-hidden />
          </Button>
        </Dropdown>
      )}
      {atOnce.stale && <ChangedSince changes={(atOnce.stale.changed ?? []) as never} />}
      {atOnce.error && <FailedNote error={atOnce.error} />}
      {asking && <ActDialog file={file} asking={asking} close={() => setAsked(undefined)} done={done} />}
    </div>
  );
}

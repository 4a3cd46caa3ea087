import { Button, Table, Tag } from 'antd';
import { useState } from 'react';
import type { OfficerView } from '../../http/views/officer.ts';
import { unitLabel, useOfficers, useUnits } from '../api/officers.ts';
import { useOfficer } from '../api/session.ts';
import { FailedPage, Loading } from '../frame/states.tsx';
import { useTitle } from '../frame/title.ts';
import { useWide } from '../frame/wide.ts';
import { useWords } from '../words/words.ts';
import { mayKeep } from './keeping.ts';
import { OfficerDialog } from './officer-dialog.tsx';
import { type NewWord, OneTimePassword } from './one-time-password.tsx';

function State({ officer }: { officer: OfficerView }) {
  const { say } = useWords();
  if (officer.disabled) return <Tag>{say('officer.state.disabled')}</Tag>;
  if (officer.mustChangePassword) return <span className="status status-opened">{say('officer.state.waiting')}</span>;
  return <span className="quiet">{say('officer.state.works')}</span>;
}

/** Who can sign in, as what and where. */
export default function Officers() {
  const { say, language } = useWords();
  const { officer: me } = useOfficer();
  const officers = useOfficers();
  useTitle(say('officer.title'));
  const { data: units } = useUnits();
  const wide = useWide(900);
  const [shown, setShown] = useState<OfficerView | 'new'>();
  const [made, setMade] = useState<NewWord>();
  const edit = (officer: OfficerView) =>
    mayKeep(me.role, officer.role) && (
      <Button onClick={() => setShown(officer)} aria-label={say('officer.editOf', { name: officer.publicName })}>
        {say('officer.edit')}
      </Button>
    );
  const unit = (officer: OfficerView) => unitLabel(units, officer.unit, language);
  return (
    <section className="page">
      <div className="page-head">
        <h1>{say('officer.title')}</h1>
        <Button type="primary" onClick={() => setShown('new')}>
          {say('officer.add')}
        </Button>
      </div>
      <p className="quiet">{say(me.role === 'inspector' ? 'officer.helpInspector' : 'officer.help')}</p>
      {officers.isPending && <Loading />}
      {officers.isError && !officers.data && <FailedPage error={officers.error} again={() => void officers.refetch()} />}
      {officers.data &&
        (wide ? (
          <Table<OfficerView>
            rowKey="username"
            pagination={false}
            dataSource={officers.data}
            columns={[
              { key: 'name', title: say('officer.name'), dataIndex: 'publicName' },
              { key: 'username', title: say('officer.username'), dataIndex: 'username' },
              { key: 'role', title: say('officer.role'), render: (_, each) => say(`role.${each.role}`) },
              { key: 'unit', title: say('officer.unit'), render: (_, each) => unit(each) },
              { key: 'badge', title: say('officer.badge'), render: (_, each) => each.badge ?? say('officer.noBadge') },
              { key: 'state', title: say('officer.state.title'), render: (_, each) => <State officer={each} /> },
              { key: 'edit', title: say('officer.change'), align: 'right', render: (_, each) => edit(each) },
            ]}
          />
        ) : (
          <ul className="plain cards">
            {officers.data.map((each) => (
              <li key={each.username} className="card">
                <div className="card-line">
                  <strong>{each.publicName}</strong>
                  <State officer={each} />
                </div>
                <p className="quiet">{[each.username, say(`role.${each.role}`), unit(each)].join(' · ')}</p>
                {edit(each)}
              </li>
            ))}
          </ul>
        ))}
      {shown && (
        <OfficerDialog
          key={shown === 'new' ? 'new' : shown.username}
          {...(shown !== 'new' && { officer: shown })}
          close={() => setShown(undefined)}
          made={(word) => {
            setShown(undefined);
            setMade(word);
          }}
        />
      )}
      {made && <OneTimePassword word={made} close={() => setMade(undefined)} />}
    </section>
  );
}

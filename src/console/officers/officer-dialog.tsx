import { useMutation } from '@tanstack/react-query';
import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { OfficerView } from '../../http/views/officer.ts';
import { useAttempt } from '../api/attempt.ts';
import { addOfficer, changeOfficer, unitLabel, useUnits } from '../api/officers.ts';
import { failureOf } from '../api/problem.ts';
import { useOfficer } from '../api/session.ts';
import { errorAt, Field } from '../form/field.tsx';
import { FailedNote } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';
import { rolesGivenBy, unitsFor } from './keeping.ts';
import type { NewWord } from './one-time-password.tsx';

interface OfficerDialogShape {
  /** Absent: a new account. */
  officer?: OfficerView;
  close: () => void;
  made: (word: NewWord | undefined) => void;
}

type Patch = Parameters<typeof changeOfficer>[1];

/** An account, made or changed. */
export function OfficerDialog({ officer, close, made }: OfficerDialogShape) {
  const { say, language } = useWords();
  const { officer: me } = useOfficer();
  const { message } = App.useApp();
  const { data: units = [] } = useUnits();
  const given = rolesGivenBy(me.role);
  const [username, setUsername] = useState(officer?.username ?? '');
  const [publicName, setPublicName] = useState(officer?.publicName ?? '');
  const [badge, setBadge] = useState(officer?.badge ?? '');
  const [role, setRole] = useState(officer?.role ?? given[0] ?? 'officer');
  const fitting = unitsFor(role, units);
  const [chosen, setUnit] = useState(officer?.unit);
  const unit = fitting.find(({ code }) => code === chosen)?.code ?? fitting[0]?.code;
  const own = officer?.username === me.username;

  const account = {
    username: username.trim(),
    role,
    unit: unit ?? '',
    publicName: publicName.trim(),
    ...(badge.trim() && { badge: badge.trim() }),
  };
  const attempt = useAttempt();
  const saving = useMutation({
    mutationFn: (patch: Patch) => (officer ? changeOfficer(officer, patch) : attempt(account, (key) => addOfficer(account, key))),
    onSuccess: ({ officer: saved, oneTimePassword, passwordAlreadyTold }) => {
      if (passwordAlreadyTold) void message.warning(say('officer.alreadyTold'));
      else if (!oneTimePassword) void message.success(say('officer.saved'));
      made(oneTimePassword ? { username: saved.username, password: oneTimePassword } : undefined);
    },
  });
  const failed = failureOf(saving.error);
  const fields: Patch = {
    publicName: publicName.trim(),
    badge: badge.trim() || null,
    ...(!own && { ...(role !== officer?.role && { role }), ...(unit && unit !== officer?.unit && { unit }) }),
  };
  const ready = publicName.trim() !== '' && (officer || username.trim() !== '') && unit !== undefined;
  return (
    <Modal
      open
      title={officer ? say('officer.editOf', { name: officer.publicName }) : say('officer.add')}
      mask={{ closable: false }}
      onCancel={close}
      okText={say(officer ? 'officer.save' : 'officer.make')}
      cancelText={say('act.cancel')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={saving.isPending}
      onOk={() => saving.mutate(fields)}
    >
      <div className="stack">
        {!officer && (
          <Field label={say('officer.username')} help={say('officer.usernameHelp')} error={errorAt(failed, '/username')}>
            {(ids) => (
              <Input
                {...ids}
                autoCapitalize="none"
                autoComplete="off"
                spellCheck={false}
                value={username}
                onChange={(event) => setUsername(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field label={say('officer.name')} help={say('officer.nameHelp')} error={errorAt(failed, '/publicName')}>
          {(ids) => <Input {...ids} maxLength={40} value={publicName} onChange={(event) => setPublicName(event.target.value)} />}
        </Field>
        <Field label={say('officer.badge')} optional={say('act.optional')} error={errorAt(failed, '/badge')}>
          {(ids) => <Input {...ids} maxLength={20} value={badge} onChange={(event) => setBadge(event.target.value)} />}
        </Field>
        <Field label={say('officer.role')} error={errorAt(failed, '/role')}>
          {(ids) => (
            <Select
              {...ids}
              className="whole"
              disabled={own}
              value={role}
              options={given.map((value) => ({ value, label: say(`role.${value}`) }))}
              onChange={setRole}
            />
          )}
        </Field>
        <Field label={say('officer.unit')} error={errorAt(failed, '/unit')}>
          {(ids) => (
            <Select
              {...ids}
              className="whole"
              disabled={own}
              value={unit}
              options={fitting.map(({ code }) => ({ value: code, label: unitLabel(units, code, language) }))}
              onChange={setUnit}
            />
          )}
        </Field>
        {saving.isError && <FailedNote error={saving.error} />}
        {officer && !own && (
          <div className="row">
            <Button onClick={() => saving.mutate({ oneTimePassword: true })}>{say('officer.newPassword')}</Button>
            <Button danger={!officer.disabled} onClick={() => saving.mutate({ disabled: !officer.disabled })}>
              {say(officer.disabled ? 'officer.enable' : 'officer.disable')}
            </Button>
          </div>
        )}
      </div>
    </Modal>
  );
}

import { useMutation } from '@tanstack/react-query';
import { App, Switch } from 'antd';
import { failureOf } from '../api/problem.ts';
import { setDuty, useOfficer } from '../api/session.ts';
import { useWords } from '../words/words.ts';

/** On duty: emergencies ring here, and residents are not told that nobody is reading. */
export function DutySwitch() {
  const { say } = useWords();
  const { onDuty } = useOfficer();
  const { message } = App.useApp();
  const change = useMutation({
    mutationFn: setDuty,
    onError: (error) => void message.error(failureOf(error)?.problem?.title ?? say('state.unreachable')),
  });
  return (
    <span className="duty">
      <span id="duty-label">{say(onDuty ? 'frame.onDuty' : 'frame.offDuty')}</span>
      <Switch checked={onDuty} loading={change.isPending} onChange={(next) => change.mutate(next)} aria-label={say('frame.duty')} />
    </span>
  );
}

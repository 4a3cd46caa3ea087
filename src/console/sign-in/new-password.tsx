import { useMutation } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { failureOf } from '../api/problem.ts';
import { changePassword, signOut } from '../api/session.ts';
import { errorAt, Field } from '../form/field.tsx';
import { FailedNote } from '../frame/states.tsx';
import { useTitle } from '../frame/title.ts';
import { useWords } from '../words/words.ts';
import { Door } from './door.tsx';

/** As the server asks at least. */
const SHORTEST = 10;

function PasswordForm({ forced, done }: { forced: boolean; done: () => void }) {
  const { say } = useWords();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const change = useMutation({ mutationFn: () => changePassword(current, next), onSuccess: done });
  const short = tried && next.length < SHORTEST ? say('password.short', { count: SHORTEST }) : undefined;
  const differs = tried && again !== next ? say('password.differs') : undefined;
  const failed = failureOf(change.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (next.length >= SHORTEST && again === next) change.mutate();
  };
  return (
    <form onSubmit={submit} className="stack">
      <div role="alert">{change.isError && <FailedNote error={change.error} />}</div>
      <Field label={say(forced ? 'password.oneTime' : 'password.current')} error={errorAt(failed, '/current')}>
        {(ids) => (
          <Input.Password
            {...ids}
            size="large"
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        )}
      </Field>
      <Field label={say('password.next')} help={say('password.help', { count: SHORTEST })} error={short ?? errorAt(failed, '/next')}>
        {(ids) => (
          <Input.Password
            {...ids}
            size="large"
            autoComplete="new-password"
            required
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        )}
      </Field>
      <Field label={say('password.again')} error={differs}>
        {(ids) => (
          <Input.Password
            {...ids}
            size="large"
            autoComplete="new-password"
            required
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        )}
      </Field>
      <Button type="primary" size="large" htmlType="submit" loading={change.isPending} block>
        {say('password.change')}
      </Button>
    </form>
  );
}

/** A new password: forced after a one-time one, or wanted. */
export function NewPassword({ forced }: { forced: boolean }) {
  const { say } = useWords();
  const { message } = App.useApp();
  const [, go] = useLocation();
  useTitle(say('password.title'));
  if (!forced) {
    return (
      <section className="narrow">
        <h1>{say('password.title')}</h1>
        <PasswordForm
          forced={false}
          done={() => {
            void message.success(say('password.changed'));
            go('/');
          }}
        />
      </section>
    );
  }
  return (
    <Door title={say('password.forced')}>
      <p className="quiet">{say('password.why')}</p>
      <PasswordForm forced done={() => undefined} />
      <Button type="link" onClick={() => void signOut()}>
        {say('frame.signOut')}
      </Button>
    </Door>
  );
}

import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { signIn } from '../api/session.ts';
import { Field } from '../form/field.tsx';
import { FailedNote } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';
import { Door } from './door.tsx';

/** The way in. */
export function SignIn() {
  const { say } = useWords();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({ mutationFn: () => signIn(username.trim(), password), onError: () => setPassword('') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter.mutate();
  };
  return (
    <Door title={say('signIn.title')}>
      <form onSubmit={submit} className="stack">
        <div role="alert">{enter.isError && <FailedNote error={enter.error} />}</div>
        <Field label={say('signIn.username')}>
          {(ids) => (
            <Input
              {...ids}
              size="large"
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              autoFocus
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </Field>
        <Field label={say('signIn.password')}>
          {(ids) => (
            <Input.Password
              {...ids}
              size="large"
              name="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Button type="primary" size="large" htmlType="submit" loading={enter.isPending} block>
          {say('signIn.enter')}
        </Button>
        <p className="quiet">{say('signIn.lost')}</p>
      </form>
    </Door>
  );
}

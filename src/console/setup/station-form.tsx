import { useMutation } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { failureOf } from '../api/problem.ts';
import { saveSetup } from '../api/setup.ts';
import { errorAt, Field } from '../form/field.tsx';
import { FailedNote } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';

const words = { stationName: 'name', bodyAbove: 'above' } as const;

/** One line of what residents are told about the station. */
export function StationForm({ field, value }: { field: keyof typeof words; value: string }) {
  const { say } = useWords();
  const { message } = App.useApp();
  const [typed, setTyped] = useState(value);
  const saving = useMutation({
    mutationFn: () => saveSetup({ [field]: typed.trim() }),
    onSuccess: () => void message.success(say('setup.saved')),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit} className="stack">
      <Field label={say(`setup.${words[field]}.label`)} error={errorAt(failureOf(saving.error), `/${field}`)}>
        {(ids) => (
          <Input
            {...ids}
            required={field === 'stationName'}
            maxLength={field === 'stationName' ? 60 : 120}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      {saving.isError && <FailedNote error={saving.error} />}
      <div>
        <Button htmlType="submit" loading={saving.isPending}>
          {say('setup.save')}
        </Button>
      </div>
    </form>
  );
}

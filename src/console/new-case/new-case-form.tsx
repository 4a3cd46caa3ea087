import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input, Radio, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useAttempt } from '../api/attempt.ts';
import { type Made, type NewCase, openCase } from '../api/cases.ts';
import { client } from '../api/client.ts';
import { unitLabel, useUnits } from '../api/officers.ts';
import { failureOf } from '../api/problem.ts';
import { useTopics } from '../api/topics.ts';
import { errorAt, Field } from '../form/field.tsx';
import { FailedNote } from '../frame/states.tsx';
import { abouts, kinds } from '../words/codes.ts';
import { useWords } from '../words/words.ts';

type Kind = NewCase['kind'];
const offered = kinds.filter((kind): kind is Kind => kind !== 'follow-up');
const sources = ['counter', 'phone', 'visit'] as const satisfies readonly NewCase['source'][];

type Typed = Record<'details' | 'named' | 'place' | 'name' | 'phone' | 'reach', string>;
const nothing: Typed = { details: '', named: '', place: '', name: '', phone: '', reach: '' };

/** Details first, as in the chat: what happened, then what it is, then who and how to reach them. */
export function NewCaseForm({ done }: { done: (made: Made) => void }) {
  const { say, language } = useWords();
  const { data: topics = [] } = useTopics();
  const { data: units = [] } = useUnits();
  const [typed, setTyped] = useState(nothing);
  const [kind, setKind] = useState<Kind>('problem');
  const [about, setAbout] = useState<NonNullable<NewCase['about']>>('service');
  const [topic, setTopic] = useState<string>();
  const [unit, setUnit] = useState<string>();
  const [source, setSource] = useState<NewCase['source']>('counter');
  const attempt = useAttempt();

  const complains = kind === 'complaint';
  const contact = Object.fromEntries(
    (['name', 'phone', 'reach'] as const).flatMap((each) => (typed[each].trim() ? [[each, typed[each].trim()]] : [])),
  );
  const body: NewCase = {
    kind,
    details: typed.details.trim(),
    source,
    ...(complains && { about, ...(unit && { unit }), ...(about === 'officer' && typed.named.trim() && { named: typed.named.trim() }) }),
    ...(topic && !complains && { topic }),
    ...(typed.place.trim() && { place: typed.place.trim() }),
    ...(Object.keys(contact).length > 0 && { contact }),
  };
  const opening = useMutation({
    mutationFn: () => attempt(body, (key) => openCase(body, key)),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ['queue'] });
      done(made);
    },
  });
  const failed = failureOf(opening.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    opening.mutate();
  };
  const line = (name: keyof Typed, max: number, more?: { optional?: boolean; pointer?: string; type?: string }): ReactNode => (
    <Field
      label={say(`newCase.${name}`)}
      error={errorAt(failed, more?.pointer ?? `/${name}`)}
      {...(more?.optional !== false && { optional: say('act.optional') })}
    >
      {(ids) => (
        <Input
          {...ids}
          type={more?.type ?? 'text'}
          autoComplete="off"
          maxLength={max}
          value={typed[name]}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form onSubmit={submit} className="stack">
      <p className="quiet">{say('newCase.help')}</p>
      <Field label={say('newCase.details')} error={errorAt(failed, '/details')}>
        {(ids) => (
          <Input.TextArea
            {...ids}
            rows={5}
            required
            minLength={2}
            maxLength={4000}
            value={typed.details}
            onChange={(event) => setTyped({ ...typed, details: event.target.value })}
          />
        )}
      </Field>
      <Field label={say('newCase.kind')} error={errorAt(failed, '/kind')}>
        {(ids) => (
          <Select<Kind>
            {...ids}
            className="whole"
            value={kind}
            options={offered.map((value) => ({ value, label: say(`kind.${value}`) }))}
            onChange={setKind}
          />
        )}
      </Field>
      {complains ? (
        <>
          <fieldset>
            <legend>{say('newCase.about')}</legend>
            <Radio.Group value={about} onChange={(event) => setAbout(event.target.value)}>
              {abouts.map((each) => (
                <Radio key={each} value={each}>
                  {say(`about.${each}`)}
                </Radio>
              ))}
            </Radio.Group>
          </fieldset>
          {about !== 'service' && <Alert type="warning" showIcon title={say('newCase.sealed')} />}
          <Field label={say('newCase.unit')} optional={say('act.optional')} error={errorAt(failed, '/unit')}>
            {(ids) => (
              <Select
                {...ids}
                className="whole"
                allowClear
                value={unit ?? null}
                options={units
                  .filter(({ inspects }) => !inspects)
                  .map(({ code }) => ({ value: code, label: unitLabel(units, code, language) }))}
                onChange={(next) => setUnit(next ?? undefined)}
              />
            )}
          </Field>
          {about === 'officer' && line('named', 200)}
        </>
      ) : (
        <Field label={say('newCase.topic')} optional={say('act.optional')} error={errorAt(failed, '/topic')}>
          {(ids) => (
            <Select
              {...ids}
              className="whole"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={topic ?? null}
              options={topics.filter((each) => each.kinds.includes(kind)).map(({ code, label }) => ({ value: code, label }))}
              onChange={(next) => setTopic(next ?? undefined)}
            />
          )}
        </Field>
      )}
      {line('place', 300)}
      <fieldset>
        <legend>{say('newCase.source')}</legend>
        <Radio.Group
          value={source}
          onChange={(event) => setSource(event.target.value)}
          options={sources.map((value) => ({ value, label: say(`newCase.from.${value}`) }))}
        />
      </fieldset>
      <h2>{say('newCase.contact')}</h2>
      <p className="quiet">{say('newCase.contactHelp')}</p>
      {line('name', 60, { pointer: '/contact/name' })}
      {line('phone', 40, { pointer: '/contact/phone', type: 'tel' })}
      {line('reach', 200, { pointer: '/contact/reach' })}
      {opening.isError && <FailedNote error={opening.error} />}
      <div>
        <Button type="primary" size="large" htmlType="submit" loading={opening.isPending} disabled={typed.details.trim().length < 2}>
          {say('newCase.make')}
        </Button>
      </div>
    </form>
  );
}

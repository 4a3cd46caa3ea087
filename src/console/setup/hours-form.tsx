import { useMutation } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import type { SetupView } from '../../http/views/officer.ts';
import { failureOf } from '../api/problem.ts';
import { saveSetup } from '../api/setup.ts';
import { FailedNote } from '../frame/states.tsx';
import { useWords } from '../words/words.ts';

type Hours = SetupView['hours'];
type Period = Hours[string][number];

const days = ['1', '2', '3', '4', '5', '6', '7'] as const;
/** What a new period starts as: the morning, then the afternoon. */
const usual: readonly Period[] = [
  ['08:30', '12:00'],
  ['14:00', '17:30'],
];

/** Not `type=time`: some browsers show it in halves of a day, whatever the page's language. */
const clock = {
  required: true,
  inputMode: 'numeric',
  pattern: '([01][0-9]|2[0-3]):[0-5][0-9]',
  maxLength: 5,
  placeholder: '08:30',
} as const;

function PeriodFields({
  day,
  nth,
  period,
  change,
}: {
  day: string;
  nth: number;
  period: Period;
  change: (to: Period | undefined) => void;
}) {
  const { say } = useWords();
  const [from, to] = period;
  const around = { day, nth: nth + 1 };
  return (
    <span className="period">
      <Input {...clock} aria-label={say('setup.hours.from', around)} value={from} onChange={(event) => change([event.target.value, to])} />
      <span aria-hidden>–</span>
      <Input {...clock} aria-label={say('setup.hours.to', around)} value={to} onChange={(event) => change([from, event.target.value])} />
      <Button type="text" aria-label={say('setup.hours.removeOf', around)} onClick={() => change(undefined)}>
        {say('setup.hours.remove')}
      </Button>
    </span>
  );
}

/** When somebody reads: what working time, and with it every due date, is counted by. */
export function HoursForm({ hours }: { hours: Hours }) {
  const { say } = useWords();
  const { message } = App.useApp();
  const [week, setWeek] = useState(hours);
  const saving = useMutation({ mutationFn: () => saveSetup({ hours: week }), onSuccess: () => void message.success(say('setup.saved')) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const wrong = failureOf(saving.error)?.problem?.errors ?? [];
  const setDay = (day: string, periods: Period[]) => setWeek({ ...week, [day]: periods });
  return (
    <form onSubmit={submit} className="stack">
      {days.map((day) => {
        const periods = week[day] ?? [];
        const name = say(`weekday.${day}`);
        return (
          <fieldset key={day} className="hours-day">
            <legend>{name}</legend>
            <div className="hours-periods">
              {periods.length === 0 && <span className="quiet">{say('setup.hours.closed')}</span>}
              {periods.map((period, nth) => (
                <PeriodFields
                  // biome-ignore lint/suspicious/noArrayIndexKey: periods have no name but their place
                  key={nth}
                  day={name}
                  nth={nth}
                  period={period}
                  change={(to) =>
                    setDay(
                      day,
                      periods.flatMap((each, index) => (index === nth ? (to ? [to] : []) : [each])),
                    )
                  }
                />
              ))}
              {periods.length < 4 && (
                <Button
                  type="link"
                  aria-label={say('setup.hours.addOn', { day: name })}
                  onClick={() => setDay(day, [...periods, usual[periods.length] ?? ['19:00', '21:00']])}
                >
                  {say('setup.hours.add')}
                </Button>
              )}
              {wrong
                .filter(({ pointer }) => pointer.startsWith(`/hours/${day}`))
                .map(({ pointer, message: words }) => (
                  <p key={pointer} className="wrong">
                    {words}
                  </p>
                ))}
            </div>
          </fieldset>
        );
      })}
      {saving.isError && <FailedNote error={saving.error} />}
      <div>
        <Button htmlType="submit" loading={saving.isPending}>
          {say('setup.save')}
        </Button>
      </div>
    </form>
  );
}

import { Button, Select } from 'antd';
import { useState } from 'react';
import { unitLabel, useOfficers, useUnits } from '../api/officers.ts';
import { useTopics } from '../api/topics.ts';
import { kinds, statuses } from '../words/codes.ts';
import { useWords } from '../words/words.ts';
import { type Asked, type Question, questions } from './asked.ts';
import { SearchBox } from './search-box.tsx';

interface FiltersShape {
  asked: Asked;
  change: (part: Asked, how?: { replace?: boolean }) => void;
  wide: boolean;
}
interface Option {
  value: string;
  label: string;
}

/** Everything the queue can be narrowed by; on a phone behind one button. */
export function Filters({ asked, change, wide }: FiltersShape) {
  const { say, language } = useWords();
  const [open, setOpen] = useState(false);
  const { data: units } = useUnits();
  const { data: topics } = useTopics();
  const { data: officers } = useOfficers();
  const narrowed = questions.filter((each) => !['q', 'sort'].includes(each) && asked[each]).length;

  const options: Partial<Record<Question, Option[]>> = {
    status: ['open', ...statuses, 'all'].map((value) => ({ value, label: say(`status.${value}`) })),
    kind: kinds.map((value) => ({ value, label: say(`kind.${value}`) })),
    topic: (topics ?? []).map(({ code, label }) => ({ value: code, label })),
    unit: (units ?? []).map(({ code }) => ({ value: code, label: unitLabel(units, code, language) })),
    assignee: [
      { value: 'me', label: say('queue.me') },
      { value: 'none', label: say('queue.nobody') },
      ...(officers ?? []).map(({ username, publicName }) => ({ value: username, label: publicName })),
    ],
    due: ['overdue', 'today'].map((value) => ({ value, label: say(`queue.due.${value}`) })),
  };
  return (
    <search className="filters">
      <SearchBox words={asked.q ?? ''} change={(q) => change({ q }, { replace: true })} />
      <Select
        className="filter"
        aria-label={say('queue.sort')}
        value={asked.sort ?? 'due'}
        options={['due', 'opened', 'updated'].map((value) => ({ value, label: say(`queue.sortBy.${value}`) }))}
        onChange={(sort) => change({ sort: sort === 'due' ? '' : sort })}
      />
      {!wide && (
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {narrowed > 0 ? say('queue.filtersOn', { count: narrowed }) : say('queue.filters')}
        </Button>
      )}
      {(wide || open) &&
        (Object.keys(options) as Question[]).map((question) => (
          <Select<string | null>
            key={question}
            className="filter"
            aria-label={say(`queue.filter.${question}`)}
            placeholder={say(`queue.filter.${question}`)}
            value={asked[question] ?? null}
            options={options[question] ?? []}
            allowClear
            showSearch={question === 'topic' || question === 'assignee' ? { optionFilterProp: 'label' } : false}
            popupMatchSelectWidth={false}
            onChange={(value) => change({ [question]: value ?? '' })}
          />
        ))}
    </search>
  );
}

import { Table, type TableColumnsType } from 'antd';
import { useLocation } from 'wouter';
import type { CaseLineView } from '../../http/views/case.ts';
import { DueMark } from '../due/due-mark.tsx';
import { useWords } from '../words/words.ts';
import { KindAndTopic, Owner, ReferenceLink, Status, Summary, Trouble } from './line.tsx';

/** The queue where there is room for columns. */
export function QueueTable({ lines, now }: { lines: readonly CaseLineView[]; now: Date }) {
  const { say } = useWords();
  const [, go] = useLocation();
  const columns: TableColumnsType<CaseLineView> = [
    { key: 'due', title: say('queue.column.due'), width: 196, render: (_, line) => <DueMark due={line.due} now={now} /> },
    {
      key: 'case',
      title: say('queue.column.case'),
      width: 220,
      render: (_, line) => (
        <>
          <ReferenceLink line={line} />
          <br />
          <KindAndTopic line={line} />
        </>
      ),
    },
    {
      key: 'summary',
      title: say('queue.column.summary'),
      render: (_, line) => (
        <>
          <Summary line={line} />
          <Trouble line={line} />
        </>
      ),
    },
    { key: 'status', title: say('queue.column.status'), width: 130, render: (_, line) => <Status line={line} /> },
    { key: 'owner', title: say('queue.column.owner'), width: 130, render: (_, line) => <Owner line={line} /> },
  ];
  return (
    <Table<CaseLineView>
      rowKey="reference"
      columns={columns}
      dataSource={lines}
      pagination={false}
      onRow={(line) => ({ className: 'queue-row', onClick: () => go(`/cases/${line.reference}`) })}
    />
  );
}

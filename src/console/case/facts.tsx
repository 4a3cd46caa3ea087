import type { CaseView } from '../../http/views/case.ts';
import { dueReasons } from '../due/due.ts';
import { fullTime } from '../words/time.ts';
import { hasWords, useWords } from '../words/words.ts';
import { Panel } from './panel.tsx';

/** What is owed next, when, and why then. */
export function DueFacts({ file }: { file: CaseView }) {
  const { say, language } = useWords();
  if (!file.due) return null;
  return (
    <Panel title={say('due.why')}>
      <ul className="reasons">
        {dueReasons(file.due, say, language).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Panel>
  );
}

/** Where it lies, whose it is, and over which channel the resident can be answered. */
export function Facts({ file }: { file: CaseView }) {
  const { say, language } = useWords();
  const channel = `channel.${file.resident.channel}`;
  const nobodys = file.resident.channel === 'nobody';
  const { alias } = file.resident;
  const residentWords = nobodys
    ? say('case.residentNobody')
    : say('case.residentAs', { alias, channel: hasWords(channel) ? say(channel) : file.resident.channel });
  const facts: [string, string][] = [
    ['resident', residentWords],
    ...(file.resident.reachable || nobodys ? [] : ([['reachable', say('case.unreachable')]] as [string, string][])),
    ['opened', fullTime(file.openedAt, language)],
    ['unit', file.unit.label],
    ...(file.area ? ([['area', file.area]] as [string, string][]) : []),
    ...(file.named ? ([['named', file.named]] as [string, string][]) : []),
    ...(file.spared ? ([['spared', say(`sparing.${file.spared}`)]] as [string, string][]) : []),
    ...(file.reopened > 0 ? ([['reopened', say('case.times', { count: file.reopened })]] as [string, string][]) : []),
  ];
  return (
    <Panel title={say('case.facts')}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{say(`case.fact.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

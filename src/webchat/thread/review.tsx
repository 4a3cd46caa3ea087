import type { Line, LineButton } from '../../channels/web/contract.ts';
import { Icon } from '../icons.tsx';
import type { Part } from '../page.tsx';
import { fill } from '../words.ts';
import { Choices } from './choices.tsx';
import { Called } from './numbers.tsx';

const edits = (line: Line): LineButton[] => line.buttons.flat().filter(({ tap }) => tap.startsWith('e:'));

/** A review shows what was answered, with a button to edit each line of it. */
export const isReview = (line: Line): boolean => edits(line).length > 1;

interface Answer {
  edit: LineButton;
  value: string;
}

/** The review's text taken apart: the words around it, and each answer with the button that edits it. */
export function readReview(line: Line): { before: string[]; answers: Answer[]; after: string[] } {
  const before: string[] = [];
  const after: string[] = [];
  const answers: Answer[] = [];
  let left = edits(line);
  let rest = false;
  for (const row of line.text.split('\n')) {
    const edit = left.find(({ label }) => row.startsWith(label) && /^\s*[:：]/.test(row.slice(label.length)));
    const last = answers[answers.length - 1];
    if (edit) {
      left = left.filter((one) => one !== edit);
      answers.push({ edit, value: row.slice(edit.label.length).replace(/^\s*[:：]\s*/, '') });
    } else if (!last) before.push(row);
    else if (left.length > 0 && !rest && row !== '') last.value = `${last.value}\n${row}`;
    else {
      rest = true;
      after.push(row);
    }
  }
  return { before, answers, after };
}

/** The review as a card: each answer on a line of its own, to be changed where it stands. */
export function Review(part: Part & { line: Line; current: boolean }) {
  const { chat, words, line, current } = part;
  const { before, answers, after } = readReview(line);
  const known = new Set(answers.map(({ edit }) => edit.tap));
  const rows = line.buttons.map((row) => row.filter(({ tap }) => !known.has(tap))).filter((row) => row.length > 0);
  return (
    <>
      {before.join('').trim() !== '' && <p class="words">{before.join('\n').trim()}</p>}
      <dl class="review">
        {answers.map(({ edit, value }) => (
          <div class="answer" key={edit.tap}>
            <dt>{edit.label}</dt>
            <dd>
              <Called text={value} />
            </dd>
            <dd class="answer-edit">
              <button
                type="button"
                class="text-button"
                aria-label={fill(words.review['change-what'], { what: edit.label })}
                onClick={() => chat.tap(edit.tap, fill(words.review['change-what'], { what: edit.label }))}
              >
                <Icon name="edit" />
                {words.review.change}
              </button>
            </dd>
          </div>
        ))}
      </dl>
      {after.join('').trim() !== '' && <p class="words">{after.join('\n').trim()}</p>}
      <Choices {...part} rows={rows} current={current} />
    </>
  );
}

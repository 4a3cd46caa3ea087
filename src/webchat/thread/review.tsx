import type { Line } from '../../channels/web/contract.ts';
import { Icon } from '../icons.tsx';
import { oneTap } from '../one-tap.ts';
import type { Part } from '../page.tsx';
import { fill } from '../words.ts';
import { Choices } from './choices.tsx';
import { Called } from './numbers.tsx';
import { readReview } from './read-review.ts';

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
                onClick={oneTap(() => chat.tap(edit.tap, fill(words.review['change-what'], { what: edit.label })))}
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

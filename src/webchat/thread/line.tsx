import type { Line } from '../../channels/web/contract.ts';
import { Icon } from '../icons.tsx';
import type { Part } from '../page.tsx';
import { labelOf } from './asking.ts';
import { Choices } from './choices.tsx';
import { Files } from './files.tsx';
import { Called } from './numbers.tsx';
import { isReview } from './read-review.ts';
import { Review } from './review.tsx';
import { Secret } from './secret.tsx';

/** Stands where a secret was. */
const MARK = '••••';

/** A tap or a start as it stands in the thread: no words of a person. */
const MACHINE_WORDS = /^[sechkli]:[\w.-]+(:|$)/;

/** One line of the conversation; `first` of several by the same speaker says who speaks. */
export function LineOf(part: Part & { line: Line; first: boolean; current: boolean; told: boolean }) {
  const { line, first, words } = part;
  if (line.from === 'resident') return <Own {...part} />;
  const officer = line.from === 'officer';
  return (
    <article class={`line theirs ${officer ? 'officer' : 'bot'}`} aria-label={officer ? words.log.officer : words.log.bot} tabIndex={-1}>
      {first && (
        <p class="who">
          <Icon name={officer ? 'badge' : 'machine'} />
          {officer ? words.log.officer : words.log.bot}
        </p>
      )}
      <div class="bubble">
        {isReview(line) ? <Review {...part} /> : <Words line={line} />}
        <Files media={line.media} words={words} />
        {officer && line.signature !== null && <p class="signature">{line.signature}</p>}
      </div>
      {line.secret !== null && <Secret {...part} secret={line.secret} />}
      {line.secret === null && line.text.includes(MARK) && <p class="note">{words.secret.hidden}</p>}
      {!isReview(line) && <Choices {...part} rows={line.buttons} />}
    </article>
  );
}

const Words = ({ line }: { line: Line }) =>
  line.text === '' ? null : (
    <p class="words">
      <Called text={line.text.replace(MARK, line.secret ?? MARK)} />
    </p>
  );

function Own({ line, state, words, told }: Part & { line: Line; told: boolean }) {
  const said = MACHINE_WORDS.test(line.text) ? (labelOf(line.text, state.lines) ?? words.line.tapped) : line.text;
  return (
    <article class="line own-line" aria-label={words.log.you}>
      <div class="bubble">
        <Files media={line.media} words={words} />
        {said !== '' && <p class="words">{said}</p>}
      </div>
      {told && (
        <p class="told">
          <Icon name="check" />
          {words.line.sent}
        </p>
      )}
    </article>
  );
}

import { useState } from 'preact/hooks';
import type { Part } from './page.tsx';

const SAID_FOR_MS = 6_000;

/** Asked once; until it is answered, nothing outlasts the tab. */
export function OwnPhone({ chat, state, words, brief = false }: Part & { brief?: boolean }) {
  const [answered, setAnswered] = useState<boolean>();
  const answer = (own: boolean) => {
    chat.setOwn(own);
    setAnswered(own);
    setTimeout(() => setAnswered(undefined), SAID_FOR_MS);
  };
  if (answered !== undefined) {
    return (
      <p class="own answered" role="status">
        {answered ? words.own.kept : words.own['not-kept']}
      </p>
    );
  }
  if (state.own !== undefined) return null;
  return (
    <fieldset class="own">
      <legend>{words.own.ask}</legend>
      {!brief && <p>{words.own.why}</p>}
      <div class="row">
        <button type="button" class="button" onClick={() => answer(true)}>
          {words.own.yes}
        </button>
        <button type="button" class="button" onClick={() => answer(false)}>
          {words.own.no}
        </button>
      </div>
    </fieldset>
  );
}

import { useState } from 'preact/hooks';
import type { LookupView } from '../channels/web/contract.ts';
import { Declined } from './call.ts';
import { Dialog } from './dialog.tsx';
import type { Part } from './page.tsx';

/** Finds an earlier report by its number and query code; what is found is shown in the conversation. */
export function LookUp({ chat, words, close }: Part & { close: () => void }) {
  const [reference, setReference] = useState('');
  const [code, setCode] = useState('');
  const [state, setState] = useState<'asking' | 'looking' | 'not-found' | 'limited' | 'unreachable'>('asking');
  const said = words['look-up'];

  const find = async (event: Event) => {
    event.preventDefault();
    if (reference.trim() === '' || code.trim() === '') return;
    setState('looking');
    const found: LookupView | 'unreachable' = await chat
      .lookUp(reference, code)
      .catch((cause: unknown) => (cause instanceof Declined ? { found: false, limited: false } : 'unreachable'));
    if (found === 'unreachable') setState('unreachable');
    else if (found.limited) setState('limited');
    else if (!found.found) setState('not-found');
    else close();
  };
  const wrong = { 'not-found': said['not-found'], limited: said.limited, unreachable: words.link.unreachable };

  return (
    <Dialog label={said.title} close={close}>
      <form onSubmit={find}>
        <h2>{said.title}</h2>
        <p>{said.explain}</p>
        <label>
          {said.reference}
          <input
            class="letters"
            value={reference}
            onInput={(event) => setReference(event.currentTarget.value)}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={20}
            placeholder="ABCD-2345"
            required
          />
        </label>
        <label>
          {said.code}
          <input
            class="letters"
            value={code}
            onInput={(event) => setCode(event.currentTarget.value)}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={20}
            placeholder="ABCD-2345"
            required
          />
        </label>
        <p class="wrong" role="status">
          {state === 'looking' ? said.looking : state === 'asking' ? '' : wrong[state]}
        </p>
        <div class="row">
          <button type="submit" class="button primary" aria-disabled={state === 'looking'}>
            {said.go}
          </button>
          <button type="button" class="button" onClick={close}>
            {said.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

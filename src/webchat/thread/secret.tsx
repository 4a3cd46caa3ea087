import { useState } from 'preact/hooks';
import type { Line } from '../../channels/web/contract.ts';
import { Icon } from '../icons.tsx';
import type { Part } from '../page.tsx';
import { fill } from '../words.ts';
import { drawSecret } from './secret-picture.ts';

/** The reference and its query code, large, to be copied or kept as a picture while they are shown. */
export function Secret({ chat, state, words, line, secret }: Part & { line: Line; secret: string }) {
  const [done, setDone] = useState<'copied' | 'saved' | 'kept'>();
  const reference = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(line.text)?.[0];
  const said = words.secret;
  const station = state.station || words.station;
  const text = fill(said.text, { station, reference: reference ?? '', code: secret });
  const finish = (how: 'copied' | 'saved' | 'kept') => {
    setDone(how);
    chat.hasSecret(line.id);
  };
  return (
    <section class="secret" aria-label={said.title}>
      <h2>{said.title}</h2>
      <dl>
        {reference !== undefined && (
          <div>
            <dt>{said.reference}</dt>
            <dd>{reference}</dd>
          </div>
        )}
        <div>
          <dt>{said.code}</dt>
          <dd>{secret}</dd>
        </div>
      </dl>
      <p>{said.why}</p>
      <div class="row">
        <button type="button" class="button" onClick={() => void copy(text).then((copied) => copied && finish('copied'))}>
          <Icon name="copy" />
          {said.copy}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            drawSecret([station, `${said.reference} ${reference ?? ''}`, `${said.code} ${secret}`, said.why], `${said.file}.png`);
            finish('saved');
          }}
        >
          <Icon name="album" />
          {said.picture}
        </button>
        <button type="button" class="button primary" onClick={() => finish('kept')}>
          <Icon name="check" />
          {said.kept}
        </button>
      </div>
      <p class="done" role="status">
        {done === 'copied' ? said.copied : done === 'saved' ? said.saved : done === 'kept' ? said.done : ''}
      </p>
    </section>
  );
}

/** Also where the page is not served over https and the clipboard is out of reach. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'unseen';
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}

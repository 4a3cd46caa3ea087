import { useState } from 'preact/hooks';
import type { Line } from '../../channels/web/contract.ts';
import { oneTap } from '../one-tap.ts';
import type { Part } from '../page.tsx';

/** A way around the question, not an answer to it. */
const isWay = (tap: string) => /^k:(back|skip|cancel|home)\b/.test(tap);

/** The buttons under a line. Those of a past question stand folded away; a late tap is answered kindly. */
export function Choices({ chat, state, words, rows, current }: Part & { rows: Line['buttons']; current: boolean }) {
  const [unfolded, setUnfolded] = useState(false);
  if (rows.length === 0) return null;
  if (!current && !unfolded) {
    return (
      <button type="button" class="text-button past" aria-expanded={false} onClick={() => setUnfolded(true)}>
        {words.log['older-choices']}
      </button>
    );
  }
  const pending = new Set(
    state.outgoing.flatMap(({ said, state: how }) => (said.type === 'tap' && (how === 'waiting' || how === 'sending') ? said.tap : [])),
  );
  return (
    <div class={current ? 'choices' : 'choices past'}>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one line never change places
        <div class="row" key={at}>
          {row.map(({ label, tap, style }) => (
            <button
              type="button"
              key={tap}
              class={`button ${style} ${isWay(tap) ? 'way' : ''}`}
              aria-disabled={pending.has(tap)}
              onClick={oneTap(() => chat.tap(tap, label))}
            >
              {label}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

import type { Fault, FaultyCall } from '../../telegram/faults.ts';

/** How likely each is to befall a message. */
const likely: readonly (readonly [number, Fault])[] = [
  [0.05, { is: '429', retryAfter: 1 }],
  [0.04, { is: '500' }],
  [0.02, { is: '502' }],
  [0.02, { is: '502', accepted: true }],
  [0.03, { is: 'reset', accepted: false }],
  [0.03, { is: 'reset', accepted: true }],
];
/** Each kind of silence, this many times, and once a chat: whoever waits for an answer waits long. */
const SILENCES = 3;

/** No chat meets more faults in a row: the waits between tries double. */
const IN_A_ROW = 3;

/** What goes wrong with messages on their way out, until it is over. */
export class Faults {
  over = false;
  /** Chats that refuse the bot without Telegram having said so. */
  readonly gone = new Set<number>();
  readonly #silent = new Set<number>();
  readonly #inARow = new Map<number, number>();

  next({ method, chatId = 0, nthInChat }: FaultyCall): Fault | undefined {
    if (this.over || method !== 'sendMessage') return undefined;
    if (this.gone.has(chatId)) return { is: '403' };
    if (nthInChat > 3 && this.#silent.size < 2 * SILENCES && !this.#silent.has(chatId)) {
      this.#silent.add(chatId);
      return { is: 'timeout', accepted: this.#silent.size % 2 === 0 };
    }
    const before = this.#inARow.get(chatId) ?? 0;
    const fault = before < IN_A_ROW ? drawn() : undefined;
    this.#inARow.set(chatId, fault ? before + 1 : 0);
    return fault;
  }
}

function drawn(): Fault | undefined {
  let rest = Math.random();
  for (const [share, fault] of likely) {
    rest -= share;
    if (rest < 0) return fault;
  }
  return undefined;
}

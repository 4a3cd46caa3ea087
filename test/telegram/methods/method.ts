import type { Asked } from '../asked.ts';
import type { Telegram } from '../telegram.ts';

/** What a call is done with besides its parameters. */
export interface Circumstances {
  readonly asked: Asked;
  /** As Telegram spells the method. */
  readonly method: string;
  /** Aborted once the caller has hung up. */
  readonly letGo: AbortSignal;
}

/** One method: gives its result or throws a Refusal. */
export type Method = (telegram: Telegram, circumstances: Circumstances) => unknown;

import type { Payload } from './asked.ts';

/** What a fault hook is told of a call before anything is done about it. */
export interface FaultyCall {
  /** What follows `/cgi-bin/`: `message/custom/send`. */
  readonly path: string;
  readonly payload: Payload;
  readonly openid: string | undefined;
  /** The how many-th call of this path this is since the hook was set, from 1. */
  readonly nth: number;
  /** The how many-th call of this path for this resident since the hook was set, from 1. */
  readonly nthToUser: number;
}

/**
 * What goes wrong with a call; a number is an errcode, and the call does nothing. `accepted` says whether it took effect all the same.
 * `timeout` never answers; `slow` waits and then acts as if nothing were; `garbage` is a page with status 200.
 */
export type Fault =
  | number
  | { readonly is: 'timeout' | 'reset'; readonly accepted: boolean }
  | { readonly is: '500' | 'garbage'; readonly accepted?: boolean }
  | { readonly is: 'slow'; readonly ms: number };

/** What a test sets as `account.faults`. */
export type FaultHook = (call: FaultyCall) => Fault | undefined;

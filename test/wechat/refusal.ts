import { messageOf } from './errcodes.ts';

/** A call that WeChat turns down: HTTP 200 with `{ errcode, errmsg }`. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, more = '') {
    super(more === '' ? messageOf(code) : `${messageOf(code)} ${more}`);
    this.code = code;
  }
}

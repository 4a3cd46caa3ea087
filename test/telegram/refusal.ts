import type { ResponseParameters } from 'grammy/types';

/** A call that Telegram turns down: `{ ok: false, error_code, description, parameters? }`, answered with the code as HTTP status. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: ResponseParameters | undefined;

  constructor(code: number, description: string, parameters?: ResponseParameters) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

/** 400 with Telegram's prefix. */
export const badRequest = (what: string): Refusal => new Refusal(400, `Bad Request: ${what}`);

import type { Asked } from './asked.ts';

/** What a fault hook is told of a call before anything is done about it. */
export interface FaultyCall {
  /** As Telegram spells it: `sendMessage`. */
  readonly method: string;
  readonly payload: Asked['payload'];
  readonly chatId: number | undefined;
  /** The how many-th call of this method this is since the hook was set, from 1. */
  readonly nth: number;
  /** The how many-th call of this method to this chat since the hook was set, from 1. */
  readonly nthInChat: number;
  readonly via: 'http' | 'webhook-reply';
}

/**
 * What goes wrong with a call. `accepted` says whether it took effect all the same, before things went wrong; it did not where left out.
 * `timeout` never answers and holds the connection until the caller lets go; `slow` waits and then acts as if nothing were
 * (with `accepted` it acts first and answers late).
 */
export type Fault =
  | { readonly is: '429'; readonly retryAfter: number }
  | { readonly is: '400' | '401' | '403' | '404' | '409'; readonly description?: string }
  | { readonly is: '500' | '502' | '503' | '504'; readonly accepted?: boolean }
  | { readonly is: 'timeout' | 'reset'; readonly accepted: boolean }
  | { readonly is: 'slow'; readonly ms: number; readonly accepted?: boolean }
  | { readonly is: 'garbage'; readonly accepted?: boolean };

/** What a test sets as `bot.faults`. */
export type FaultHook = (call: FaultyCall) => Fault | undefined;

const described: Readonly<Record<string, string>> = {
  '400': 'Bad Request: chat not found',
  '401': 'Unauthorized',
  '403': 'Forbidden: bot was blocked by the user',
  '404': 'Not Found',
  '409': 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  '500': 'Internal Server Error: restart',
  '504': 'Gateway Timeout',
};

/** The answer that a fault makes instead of the true one; 502 and 503 come from the proxy before Telegram and are HTML. */
export function faultyAnswer(fault: Fault): { status: number; type: string; body: string } {
  const json = (status: number, description: string, more: object = {}) => ({
    status,
    type: 'application/json',
    body: JSON.stringify({ ok: false, error_code: status, description, ...more }),
  });
  const html = (status: number, title: string) => ({
    status,
    type: 'text/html',
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  });
  if (fault.is === '429')
    return json(429, `Too Many Requests: retry after ${fault.retryAfter}`, { parameters: { retry_after: fault.retryAfter } });
  if (fault.is === 'garbage') return html(200, 'Welcome to nginx!');
  if (fault.is === '502') return html(502, '502 Bad Gateway');
  if (fault.is === '503') return html(503, '503 Service Temporarily Unavailable');
  const description = ('description' in fault && fault.description) || described[fault.is];
  return json(Number(fault.is), description ?? 'Internal Server Error');
}

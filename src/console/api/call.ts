import type { Problem } from '../../http/views/problem.ts';
import { language } from '../words/words.ts';
import { Failed } from './problem.ts';

/** A write: its body, the version its writer saw, and the key that makes a repeat of it harmless. */
export interface Write {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  seen?: number;
  key?: string;
}

let csrf = '';
/** Kept from the session; every write sends it back. */
export const keepCsrf = (token: string): void => {
  csrf = token;
};

const problemOf = async (response: Response): Promise<Problem> => {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'code' in body) return body as Problem;
  } catch {
    // A proxy in between may answer in HTML: the status alone counts then.
  }
  return { type: 'about:blank', title: '', status: response.status, code: response.status === 404 ? 'not-found' : 'unavailable' };
};

/** Asks the admin API; throws {@link Failed} for a refusal and for a server that can't be reached. */
export async function call<Answer>(path: string, write?: Write, signal?: AbortSignal): Promise<Answer> {
  const headers = new Headers({ accept: 'application/json', 'accept-language': language() });
  if (write) headers.set('x-csrf-token', csrf);
  if (write?.body !== undefined) headers.set('content-type', 'application/json');
  if (write?.seen !== undefined) headers.set('if-match', `"${write.seen}"`);
  if (write?.key !== undefined) headers.set('idempotency-key', write.key);
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method: write?.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(write?.body !== undefined && { body: JSON.stringify(write.body) }),
      ...(signal && { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Failed(undefined, { cause });
  }
  if (!response.ok) throw new Failed(await problemOf(response));
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

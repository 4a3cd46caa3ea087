import type { Problem } from '../channels/web/contract.ts';

/** The desk could not be reached, or could not take it now: the same call may be made again. */
export class Unreachable extends Error {
  /** Reached, but too busy. */
  readonly busy: boolean;
  /** Reached, and stumbled over this very call: another try may go the same way. */
  readonly stumbled: boolean;
  readonly retryAfterMs: number;

  constructor(how: { busy?: boolean; stumbled?: boolean; retryAfterMs?: number; cause?: unknown } = {}) {
    super('unreachable', { cause: how.cause });
    this.name = 'Unreachable';
    this.busy = how.busy ?? false;
    this.stumbled = how.stumbled ?? false;
    this.retryAfterMs = how.retryAfterMs ?? 0;
  }
}

/** The desk said no, and saying it again would change nothing. */
export class Declined extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'Declined';
    this.problem = problem;
  }
}

/** This browser holds no conversation, or one the desk no longer knows. */
export class NoSession extends Error {}

const PATIENCE_MS = 20_000;

/** What an answer with an error status means to the page. */
export function refusalOf(status: number, body: unknown, retryAfter: string | null): Error {
  const seconds = Number(retryAfter ?? 0);
  if (status === 401) return new NoSession('no session');
  if (status >= 500 || status === 429 || status === 408)
    return new Unreachable({
      busy: status === 429,
      stumbled: status === 500,
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : 0,
    });
  const given = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  return new Declined({ title: given.title ?? '', status, code: given.code ?? 'unknown', ...(given.detail && { detail: given.detail }) });
}

/** Asks the desk; throws {@link Unreachable}, {@link Declined} or {@link NoSession}. */
export async function call<Answer>(method: string, path: string, locale: string, body?: unknown, keepalive = false): Promise<Answer> {
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), PATIENCE_MS);
  try {
    const response = await fetch(path, {
      method,
      headers: { accept: 'application/json', 'accept-language': locale, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: 'same-origin',
      cache: 'no-store',
      keepalive,
      signal: aborter.signal,
    });
    const text = await response.text();
    const read: unknown = text === '' ? undefined : parsed(text);
    if (!response.ok) throw refusalOf(response.status, read, response.headers.get('retry-after'));
    return read as Answer;
  } catch (cause) {
    if (cause instanceof Unreachable || cause instanceof Declined || cause instanceof NoSession) throw cause;
    throw new Unreachable({ cause });
  } finally {
    clearTimeout(timer);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sends files with what was said of them, telling how far it is; throws as {@link call} does. */
export function upload<Answer>(path: string, locale: string, form: FormData, progress: (share: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('accept-language', locale);
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const read = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(read as Answer);
      else reject(refusalOf(request.status, read, request.getResponseHeader('retry-after')));
    };
    request.onerror = () => reject(new Unreachable());
    request.ontimeout = () => reject(new Unreachable());
    request.send(form);
  });
}

/** A random id (RFC 9562, version 4); also where the page is not served over https and `crypto.randomUUID` is missing. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

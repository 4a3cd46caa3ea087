import { Api, InputFile, type RawApi } from 'grammy';
import { Pool } from 'undici';
import { bytesOf } from '../../domain/bytes.ts';

/** Connections kept to Telegram; a send, a poll and an upload each hold one while they last. */
const CONNECTIONS = 128;
/** How long Telegram may take over one call, and over one long poll beyond what it was asked to wait. */
export const CALL_MS = 20_000;
export const POLL_SECONDS = 30;
const POLL_GRACE_MS = 10_000;
const UPLOAD_SECONDS = 120;
/** Files a bot may download through the Bot API (core.telegram.org/bots/api#getfile). */
export const FILE_BYTES = 20 * 1024 * 1024;

/** The way to Telegram: typed calls, and files by the path that `getFile` names. */
export interface Telegram {
  api: Api<RawApi>;
  /** The bytes of a file, at most {@link FILE_BYTES}; `gone` where Telegram has it no more, `too-big` where there is more of it. Throws where it is worth trying again. */
  download(filePath: string): Promise<Uint8Array | 'gone' | 'too-big'>;
}

/** A call that Telegram did not answer as the Bot API answers: a gateway's page, or nothing that can be read. */
export class Unreadable extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`an answer of status ${status} that is not the Bot API's`);
    this.name = 'Unreadable';
    this.status = status;
  }
}

/** grammY's types and errors over connections that are kept open; uploads go grammY's own way. */
export function telegramAt(apiRoot: string, token: string): Telegram {
  const root = new URL(apiRoot);
  const base = root.pathname.replace(/\/$/, '');
  const pool = new Pool(root.origin, { connections: CONNECTIONS, connectTimeout: CALL_MS });
  const api = new Api<RawApi>(token, { apiRoot, timeoutSeconds: UPLOAD_SECONDS });
  api.config.use(async (prev, method, payload, signal) => {
    if (carriesFile(payload)) return prev(method, payload, signal);
    const within = method === 'getUpdates' ? POLL_SECONDS * 1000 + POLL_GRACE_MS : CALL_MS;
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: `${base}/bot${token}/${method}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      headersTimeout: within,
      bodyTimeout: within,
      ...(signal && { signal }),
    });
    return answered(statusCode, await body.text());
  });

  return {
    api,
    async download(filePath) {
      const path = `${base}/file/bot${token}/${filePath.split('/').map(encodeURIComponent).join('/')}`;
      const { statusCode, body } = await pool.request({ method: 'GET', path, headersTimeout: CALL_MS, bodyTimeout: CALL_MS });
      if (statusCode !== 200) {
        await body.dump();
        if (statusCode >= 500 || statusCode === 429) throw new Unreadable(statusCode);
        return 'gone';
      }
      return bytesOf(body, FILE_BYTES);
    },
  };
}

/** Only files that are sent along need more than JSON. */
const carriesFile = (payload: object): boolean => Object.values(payload).some((value) => value instanceof InputFile);

function answered(status: number, text: string) {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Unreadable(status);
  }
  if (typeof answer !== 'object' || answer === null || !('ok' in answer) || typeof answer.ok !== 'boolean') throw new Unreadable(status);
  // biome-ignore lint/suspicious/noExplicitAny: the result's shape is each method's own, and grammY gives it its type
  return answer as any;
}

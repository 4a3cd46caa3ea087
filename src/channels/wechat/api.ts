import { request as fetchUrl, Pool } from 'undici';
import { z } from 'zod';
import { bytesOf } from '../../domain/bytes.ts';
import { meaningOf } from './errcode.ts';

const CONNECTIONS = 64;
/** How long WeChat may take over one call. */
const CALL_MS = 10_000;
/** A token is renewed so long before its end: an older one is good for five minutes beside its heir. */
const EARLY_MS = 5 * 60_000;
/** Videos are at most 10 MB; nothing WeChat gives is larger. */
export const FILE_BYTES = 20 * 1024 * 1024;

/** WeChat said no, in a body whose HTTP status is 200. */
export class WeChatError extends Error {
  readonly errcode: number;

  constructor(errcode: number) {
    super(meaningOf(errcode).means);
    this.name = 'WeChatError';
    this.errcode = errcode;
  }
}

/** An answer that is none of the interface's: a gateway's page, or nothing that can be read. */
export class Unreadable extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`an answer of status ${status} that is not the interface's`);
    this.name = 'Unreadable';
    this.status = status;
  }
}

/** Calls to WeChat's interface (developers.weixin.qq.com/doc/offiaccount), each with a token that is good. */
export interface WeChatApi {
  /** Throws {@link WeChatError} for every errcode but 0, after the token was renewed once where it was the token. */
  call(path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** A file of a message, within its three days; the errcode where there is none. */
  download(mediaId: string): Promise<Uint8Array | 'too-big'>;
}

const answer = z.looseObject({ errcode: z.number().optional() });
const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number() });

export function weChatApi({ appId, secret, root }: { appId: string; secret: string; root: string }, now: () => number): WeChatApi {
  const base = new URL(root);
  const prefix = base.pathname.replace(/\/$/, '');
  const pool = new Pool(base.origin, { connections: CONNECTIONS, connectTimeout: CALL_MS, headersTimeout: CALL_MS, bodyTimeout: CALL_MS });
  let held: { token: string; until: number } | undefined;
  let renewing: Promise<string> | undefined;

  const request = (method: 'GET' | 'POST', path: string, body?: unknown) =>
    pool.request({
      method,
      path: `${prefix}${path}`,
      // As it is, in UTF-8: escaped Chinese is shown to residents escaped.
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json; charset=utf-8' } }),
    });

  /** One renewal at a time; `force` only where the token WeChat gives again was refused. */
  const renew = (force: boolean): Promise<string> => {
    renewing ??= ask(force).finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  const ask = async (force: boolean): Promise<string> => {
    const wanted = { grant_type: 'client_credential', appid: appId, secret, force_refresh: force };
    const { statusCode, body } = await request('POST', '/cgi-bin/stable_token', wanted);
    const given = tokenAnswer.parse(read(statusCode, await body.text()));
    held = { token: given.access_token, until: now() + given.expires_in * 1000 - EARLY_MS };
    return given.access_token;
  };

  const token = (): Promise<string> | string => (held && held.until > now() ? held.token : renew(false));

  /** Again with another token where it was the token: the one WeChat now calls stable, or a new one where that is the same. */
  const withToken = async <T>(work: (token: string) => Promise<T>): Promise<T> => {
    const first = await token();
    try {
      return await work(first);
    } catch (error) {
      if (!(error instanceof WeChatError) || meaningOf(error.errcode).cure !== 'new-token') throw error;
      if (held?.token === first) held = undefined;
      const second = held?.token ?? (await renew(false));
      return work(second === first ? await renew(true) : second);
    }
  };

  return {
    call: (path, body) =>
      withToken(async (good) => {
        const joined = `${path}${path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(good)}`;
        const { statusCode, body: given } = await request(body === undefined ? 'GET' : 'POST', joined, body);
        return read(statusCode, await given.text());
      }),
    download: (mediaId) =>
      withToken(async (good) => {
        const path = `/cgi-bin/media/get?access_token=${encodeURIComponent(good)}&media_id=${encodeURIComponent(mediaId)}`;
        const { statusCode, headers, body } = await request('GET', path);
        const isFile = statusCode === 200 && !/json|text\/plain/.test(String(headers['content-type'] ?? ''));
        if (isFile) return bytesOf(body, FILE_BYTES);
        // Of a video it tells only where it lies.
        const { video_url } = read(statusCode, await body.text());
        if (typeof video_url !== 'string' || !/^https?:/.test(video_url)) throw new Unreadable(statusCode);
        const film = await fetchUrl(video_url, { headersTimeout: CALL_MS, bodyTimeout: CALL_MS });
        if (film.statusCode !== 200) throw new Unreadable(film.statusCode);
        return bytesOf(film.body, FILE_BYTES);
      }),
  };
}

/** The answer, once it is one and says no error. */
function read(status: number, text: string): Record<string, unknown> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new Unreadable(status);
  }
  const known = answer.safeParse(given);
  if (!known.success || status !== 200) throw new Unreadable(status);
  const { errcode = 0 } = known.data;
  if (errcode !== 0) throw new WeChatError(errcode);
  return known.data;
}

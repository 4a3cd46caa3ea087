import { connect } from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import type { Letter } from './envelope.ts';

/** What came of one request: a status with its body, or why there was none. */
export type Outcome = { readonly status: number; readonly body: string } | { readonly error: string };

/** How many requests WeChat has under way at once. */
export const most = 64;

/** Kept-alive connections to one callback URL. */
export class CallbackConnections {
  readonly #url: URL;
  readonly #pool: Pool;

  constructor(url: string) {
    this.#url = new URL(url);
    this.#pool = new Pool(this.#url.origin, { connections: most, pipelining: 1, connect: { rejectUnauthorized: false } });
  }

  /** The whole address of a letter. */
  addressOf(query: string): string {
    return `${this.#url.origin}${this.#pathOf(query)}`;
  }

  async get(query: string, timeoutMs: number): Promise<Outcome> {
    return this.#ask({ method: 'GET', path: this.#pathOf(query) }, timeoutMs);
  }

  async post({ query, body, contentType }: Letter, timeoutMs: number): Promise<Outcome> {
    const headers = { 'content-type': contentType, 'user-agent': 'Mozilla/4.0', accept: '*/*' };
    return this.#ask({ method: 'POST', path: this.#pathOf(query), headers, body }, timeoutMs);
  }

  /** A request that breaks off: in the middle of its body, or once its answer begins to come. Plain HTTP only. */
  broken({ query, body, contentType }: Letter, where: 'request' | 'response', timeoutMs: number): Promise<Outcome> {
    const bytes = Buffer.from(body);
    const lines = [`POST ${this.#pathOf(query)} HTTP/1.1`, `host: ${this.#url.host}`, `content-type: ${contentType}`];
    const head = Buffer.from(`${lines.join('\r\n')}\r\ncontent-length: ${bytes.length}\r\n\r\n`);
    return new Promise((resolve) => {
      const socket = connect(Number(this.#url.port) || 80, this.#url.hostname);
      const end = (error: string) => {
        socket.destroy();
        resolve({ error });
      };
      socket.setTimeout(timeoutMs, () => end('No answer in time'));
      socket.on('error', (error) => end(reasonOf(error)));
      socket.on('close', () => end('Connection closed'));
      if (where === 'response') {
        socket.once('data', () => end('Answer dropped'));
        socket.write(Buffer.concat([head, bytes]));
        return;
      }
      socket.write(Buffer.concat([head, bytes.subarray(0, Math.floor(bytes.length / 2))]), () => {
        socket.resetAndDestroy();
        resolve({ error: 'Request cut off' });
      });
    });
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #ask(request: Pick<Dispatcher.RequestOptions, 'method' | 'path' | 'headers' | 'body'>, timeoutMs: number): Promise<Outcome> {
    try {
      const answer = await this.#pool.request({ ...request, signal: AbortSignal.timeout(timeoutMs) });
      return { status: answer.statusCode, body: await answer.body.text() };
    } catch (error) {
      return { error: reasonOf(error) };
    }
  }

  #pathOf(query: string): string {
    const { pathname, search } = this.#url;
    return `${pathname}${search}${search === '' ? '?' : '&'}${query}`;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'No answer in time';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'Connection refused';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'Connection reset by peer';
  return code || String(error);
}

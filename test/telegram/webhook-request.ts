import { connect } from 'node:net';
import { errors, Pool } from 'undici';

/** What came of one POST to the webhook: a status with its body, or why there was none. */
export type Outcome = { readonly status: number; readonly body: string; readonly retryAfter: number } | { readonly error: string };

/** Kept-alive connections to one webhook. */
export class WebhookConnections {
  readonly #url: URL;
  readonly #pool: Pool;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, secret: string, connections: number) {
    this.#url = new URL(url);
    this.#pool = new Pool(this.#url.origin, { connections, pipelining: 1, connect: { rejectUnauthorized: false } });
    this.#headers = {
      'content-type': 'application/json',
      'accept-encoding': 'gzip, deflate',
      ...(secret !== '' && { 'x-telegram-bot-api-secret-token': secret }),
    };
  }

  async post(body: Buffer, timeoutMs: number): Promise<Outcome> {
    try {
      const answer = await this.#pool.request({
        path: this.#url.pathname + this.#url.search,
        method: 'POST',
        headers: this.#headers,
        body,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      return { status: answer.statusCode, body: await answer.body.text(), retryAfter: Number(answer.headers['retry-after']) || 0 };
    } catch (error) {
      return { error: reasonOf(error) };
    }
  }

  /** A request that breaks off: in the middle of its body, or once its answer begins to come. Plain HTTP only. */
  broken(body: Buffer, where: 'request' | 'response', timeoutMs: number): Promise<Outcome> {
    const { hostname, port, pathname, search, host } = this.#url;
    const lines = [`POST ${pathname}${search} HTTP/1.1`, `host: ${host}`, `content-length: ${body.length}`];
    for (const [name, value] of Object.entries(this.#headers)) lines.push(`${name}: ${value}`);
    const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
    return new Promise((resolve) => {
      const socket = connect(Number(port) || 80, hostname);
      const end = (error: string) => {
        socket.destroy();
        resolve({ error });
      };
      socket.setTimeout(timeoutMs, () => end('Read timeout expired'));
      socket.on('error', (error) => end(reasonOf(error)));
      socket.on('close', () => end('Connection closed'));
      if (where === 'response') {
        socket.once('data', () => end('Answer dropped'));
        socket.write(Buffer.concat([head, body]));
        return;
      }
      socket.write(Buffer.concat([head, body.subarray(0, Math.floor(body.length / 2))]), () => {
        socket.resetAndDestroy();
        resolve({ error: 'Request cut off' });
      });
    });
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) return 'Read timeout expired';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'Connection refused';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'Connection reset by peer';
  return code || String(error);
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Answer, type Calls, type Reply, refused } from './calls.ts';
import type { DeliverOptions } from './deliver.ts';
import { Refusal } from './refusal.ts';
import { askedIn, bytesOf } from './request-body.ts';
import type { Telegram } from './telegram.ts';
import type { Pending } from './updates.ts';

/** What the server hands its requests to. */
export interface Behind {
  readonly token: string;
  readonly telegram: Telegram;
  readonly calls: Calls;
  readonly options: DeliverOptions;
  readonly chance: () => number;
}

/** Telegram's address: `/bot<token>/<method>` and `/file/bot<token>/<path>`. */
export class ApiServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #behind: Behind;

  constructor(behind: Behind) {
    this.#behind = behind;
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      this.#serve(request, response).catch((error: unknown) => this.#broken(response, error));
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts every connection; the calls under way get no answer. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.cut();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    const [, isFile, token, rest] = /^\/(file\/)?bot([^/]*)\/(.*)$/.exec(path) ?? [];
    const refusal = rest === undefined ? new Refusal(404, 'Not Found') : this.#refuseToken(decodeURIComponent(token ?? ''));
    if (refusal) {
      request.resume();
      write(response, refused(refusal));
    } else if (isFile) this.#download(response, decodeURIComponent(rest ?? ''));
    else await this.#call(request, response, rest ?? '', query);
  }

  #refuseToken(token: string): Refusal | undefined {
    if (token === this.#behind.token) return undefined;
    return /^\d+:[\w-]{30,}$/.test(token) ? new Refusal(401, 'Unauthorized') : new Refusal(404, 'Not Found');
  }

  #download(response: ServerResponse, path: string): void {
    const bytes = this.#behind.telegram.files.download(path);
    if (bytes) write(response, { status: 200, type: 'application/octet-stream', body: Buffer.from(bytes) });
    else write(response, refused(new Refusal(404, 'Not Found')));
  }

  async #call(request: IncomingMessage, response: ServerResponse, method: string, query: string): Promise<void> {
    let bytes: Buffer;
    try {
      bytes = await bytesOf(request);
    } catch {
      // Whoever breaks off in the middle of a request has asked nothing.
      return;
    }
    const aborter = new AbortController();
    response.on('close', () => aborter.abort());
    let reply: Reply;
    try {
      const asked = await askedIn(query, request.headers['content-type'] ?? '', bytes);
      const taken = await this.#behind.calls.take(method, asked, { via: 'http', letGo: aborter.signal });
      reply = taken.reply;
      if (typeof reply !== 'string' && response.destroyed) taken.call.answered = 'lost';
      if (typeof reply !== 'string' && reply.updates) reply = this.#handOver(reply, reply.updates, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply = refused(error);
    }
    if (reply === 'reset') request.socket.resetAndDestroy();
    else if (reply !== 'none') write(response, reply);
  }

  // Only what can still be heard counts as handed over.
  #handOver(reply: Reply, updates: readonly Pending[], response: ServerResponse): Reply {
    const { telegram, options, chance } = this.#behind;
    if (response.destroyed) return 'none';
    if (updates.length > 0 && options.dropResponse > 0 && chance() < options.dropResponse) return 'reset';
    telegram.polling.handed(updates);
    return reply;
  }

  #broken(response: ServerResponse, error: unknown): void {
    const stack = error instanceof Error ? error.stack : String(error);
    if (!response.headersSent) write(response, { status: 500, type: 'text/plain', body: `The double itself failed: ${stack}` });
    throw error;
  }
}

function write(response: ServerResponse, { status, type, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

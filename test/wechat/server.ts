import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { askedIn } from './asked.ts';
import type { Answer, Calls } from './calls.ts';
import type { Wechat } from './wechat.ts';

/** WeChat's address: `/cgi-bin/<path>`, and the places where films and codes lie. */
export class ApiServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #wechat: Wechat;
  readonly #calls: Calls;

  constructor(wechat: Wechat, calls: Calls) {
    this.#wechat = wechat;
    this.#calls = calls;
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      this.#serve(request, response).catch((error: unknown) => broken(response, error));
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
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = /^\/cgi-bin\/(.+)$/.exec(url.pathname)?.[1];
    if (path === undefined || path === 'showqrcode') {
      request.resume();
      write(response, this.#lying(url));
      return;
    }
    const bytes = await bytesOf(request);
    // Whoever breaks off in the middle of a request has asked nothing.
    if (!bytes) return;
    // WeChat takes no body whose length was not told beforehand.
    if (request.method === 'POST' && request.headers['content-length'] === undefined) {
      write(response, { status: 412, type: 'text/html', body: 'Precondition Failed' });
      return;
    }
    const type = request.headers['content-type'] ?? '';
    const { call, reply } = await this.#calls.take(path, request.method ?? '', askedIn(url.searchParams, type, bytes));
    if (reply === 'reset') request.socket.resetAndDestroy();
    else if (reply !== 'none') {
      if (response.destroyed) call.answered = 'lost';
      write(response, reply);
    }
  }

  #lying(url: URL): Answer {
    const { codes, media, clock } = this.#wechat;
    const film = /^\/video\/(.+)$/.exec(url.pathname)?.[1];
    const kept = film === undefined ? undefined : media.find(film, clock());
    if (kept) return { status: 200, type: kept.mime, body: kept.bytes };
    const code = url.pathname === '/cgi-bin/showqrcode' ? codes.byTicket(url.searchParams.get('ticket') ?? '') : undefined;
    if (code && clock() < code.expiresAt)
      return { status: 200, type: 'image/jpg', body: Buffer.from(`ffd8ffe0${Buffer.from(code.url).toString('hex')}ffd9`, 'hex') };
    return { status: 404, type: 'text/html', body: 'Not Found' };
  }
}

async function bytesOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function write(response: ServerResponse, { status, type, body, name }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...(name !== undefined && { 'content-disposition': `attachment; filename="${name}"` }),
  });
  response.end(body);
}

function broken(response: ServerResponse, error: unknown): void {
  const stack = error instanceof Error ? error.stack : String(error);
  if (!response.headersSent) write(response, { status: 500, type: 'text/plain', body: `The double itself failed: ${stack}` });
  throw error;
}
